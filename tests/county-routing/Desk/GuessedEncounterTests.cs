using FsCheck;
using FsCheck.Fluent;
using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Tests.Jurisdiction;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.CountyRouting.Tests.Desk;

/// <summary>
/// Random walks of an encounter whose county was guessed: the desk decides and changes its mind, counties acknowledge and accept, and what the sagas say to
/// each other arrives some time later, in the order of each queue.
/// </summary>
public sealed class GuessedEncounterTests
{
    private static readonly Organization[] Counties = [Organization.Parse("county:06037"), Organization.Parse("county:06059"), Organization.Parse("county:06067")];

    [Fact]
    public void Somebody_is_responsible_at_every_moment_and_in_the_end_one_county_responds() => Prop.ForAll(Gen.Choose(0, 99).ListOf().ToArbitrary(), steps =>
    {
        var walk = new Walk();
        foreach (var step in steps)
        {
            walk.StepAsync(step).GetAwaiter().GetResult();
            walk.ShouldLeaveNobodyAlone();
        }
        walk.SettleAsync().GetAwaiter().GetResult();
        walk.ShouldHaveOneResponder();
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));

    private sealed class Walk
    {
        private static readonly FakeTimeProvider Clock = new(new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
        private static readonly CountyDirectory Directory = Empty();
        private static readonly HandoffMachine Handoffs = new(Directory, new("county-routing"), Maps.California.State.Law, Clock);
        private static readonly DeskItemMachine Desk = new(Maps.California.State, new(Maps.California, new(Maps.California, Directory, Clock), Clock), new("county-routing"), Clock);

        private readonly DeskItem _item = new() { CorrelationId = HandoffIds.DeskItem(Facts.EncounterId) };
        private readonly Dictionary<Guid, Handoff> _handoffs = [];
        private readonly Queue<object> _toDesk = new(), _toHandoffs = new();

        // As it was routed: the agency's county is the guess, the county of residence is told as well.
        public Walk()
        {
            var encounter = Facts.Encounter(null, null, "CA0194200", Facts.Child(residence: "06059"));
            var routing = (RoutingDecision.Determined)Determination.Of(encounter, Facts.Map);
            var unit = new UnitOfWork();
            new OpeningHandoffs(Maps.California, Directory, Clock).Open(Facts.EncounterId, Urgencies.Immediate, routing, unit);
            Send(unit);
            _toDesk.Enqueue(new JurisdictionUndetermined
            {
                EncounterId = Facts.EncounterId,
                At = Clock.GetUtcNow(),
                DeskItemId = _item.CorrelationId,
                Reason = routing.ToConfirm!,
                SuggestedOrganization = Counties[0],
                Urgency = Urgencies.Immediate,
                Reports = encounter.Reports,
            });
        }

        public Task StepAsync(int step) => (step % 10) switch
        {
            0 or 1 or 2 => DeliverAsync(_toHandoffs),
            3 or 4 => DeliverAsync(_toDesk),
            5 when _item.CurrentState.Length > 0 => OnDesk(Desk.Assign, new(Counties[step / 10 % 3], "desk-1")),
            6 when Of(step) is { } handoff => On(handoff, Handoffs.AcknowledgeRequested, new()),
            7 when Of(step) is { } handoff => On(handoff, Handoffs.AcceptRequested, new("worker-1")),
            8 when Of(step) is { SilenceToken: { } token } handoff => On(handoff, Handoffs.Silence.AnyReceived, new(handoff.EncounterId, handoff.CorrelationId), token),
            9 when _item.WaitingToken is { } token => OnDesk(Desk.StillWaiting.AnyReceived, new(_item.EncounterId, _item.CorrelationId), token),
            _ => Task.CompletedTask,
        };

        public async Task SettleAsync()
        {
            while (_toDesk.Count + _toHandoffs.Count > 0)
            {
                await DeliverAsync(_toHandoffs);
                await DeliverAsync(_toDesk);
                ShouldLeaveNobodyAlone();
            }
        }

        public void ShouldLeaveNobodyAlone()
        {
            foreach (var handoff in _handoffs.Values)
            {
                var waits = handoff.CurrentState is "Open" or "Notified" || handoff is { CurrentState: "Acknowledged", AcceptBy: not null };
                (handoff.SilenceToken is not null).ShouldBe(waits, $"{handoff.Organization} is {handoff.CurrentState}");
                if (handoff.CurrentState == "Withdrawn")
                    handoff.ReadsUntil.ShouldBeNull("it reads no longer");
            }
            (_item.WaitingToken is not null).ShouldBe(_item.CurrentState == "Waiting");
            var somebody = _item.CurrentState == "Waiting" || _toDesk.Count + _toHandoffs.Count > 0 || _handoffs.Values.Any(h => h is { Role: Role.Responder, CurrentState: not "Withdrawn" });
            somebody.ShouldBeTrue("the sender stays responsible until the next has accepted");
        }

        public void ShouldHaveOneResponder()
        {
            _handoffs.Values.Where(h => h.Organization == Counties[1]).ShouldAllBe(h => h.CurrentState != "Withdrawn", "the child lives there, whoever responds");
            var responding = _handoffs.Values.Where(h => h is { Responds: true, CurrentState: not "Withdrawn" }).ToList();
            if (_item.CurrentState == "Waiting")
            {
                responding.ShouldBeEmpty("nobody has decided");
                return;
            }
            responding.Select(h => h.Organization).ShouldContain(_item.AssignedOrganization);
            // Two may have accepted before either could know of the other; nobody else is left waiting for.
            responding.Where(h => h.Organization != _item.AssignedOrganization).ShouldAllBe(h => h.CurrentState == "Accepted");
        }

        private Handoff? Of(int step) => _handoffs.Values.FirstOrDefault(h => h.Organization == Counties[step / 10 % 3]);

        private Task DeliverAsync(Queue<object> queue) => queue.TryDequeue(out var message) ? message switch
        {
            // Its id follows from the handoff's: the second is a duplicate.
            HandoffOpened m when !_handoffs.ContainsKey(m.HandoffId) => On(_handoffs[m.HandoffId] = new() { CorrelationId = m.HandoffId }, Handoffs.Opened, m),
            HandoffConfirmed m => On(_handoffs[m.HandoffId], Handoffs.Confirmed, m),
            HandoffWithdrawn m => On(_handoffs[m.HandoffId], Handoffs.WithdrawnByDesk, m),
            JurisdictionUndetermined m => OnDesk(Desk.Undetermined, m),
            JurisdictionClaimed m => OnDesk(Desk.Claimed, m),
            _ => Task.CompletedTask,
        } : Task.CompletedTask;

        private async Task On<T>(Handoff handoff, Event<T> @event, T message, Guid? token = null) where T : class
        {
            var unit = new UnitOfWork();
            await SagaStep.RaiseAsync(Handoffs, handoff, @event, message, unit, timerToken: token);
            Send(unit);
        }

        private async Task OnDesk<T>(Event<T> @event, T message, Guid? token = null) where T : class
        {
            var unit = new UnitOfWork();
            await SagaStep.RaiseAsync(Desk, _item, @event, message, unit, timerToken: token);
            Send(unit);
        }

        private void Send(UnitOfWork unit)
        {
            foreach (var message in unit.Messages)
                if (message is HandoffOpened or HandoffConfirmed or HandoffWithdrawn)
                    _toHandoffs.Enqueue(message);
                else if (message is JurisdictionClaimed)
                    _toDesk.Enqueue(message);
        }

        private static CountyDirectory Empty()
        {
            var directory = new CountyDirectory(Maps.California, new(false));
            directory.Load([]);
            return directory;
        }
    }
}
