using FsCheck;
using FsCheck.Fluent;
using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Tests.Jurisdiction;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Handoffs;

/// <summary>
/// Random walks of a report that counties refer on, in circles and too often: people accept and refer on, timers fire, the desk decides, and what one keeper says to another arrives some time
/// later, in the order of each queue; each county has a queue of its own, as if each had a node.
/// </summary>
public sealed class ReferralWalkTests
{
    private static readonly Organization[] Counties =
        [Organization.Parse("county:06037"), Organization.Parse("county:06059"), Organization.Parse("county:06067"), Organization.Parse("county:06073"), Organization.Parse("county:06111")];

    [Theory]
    [InlineData(false), InlineData(true)]
    public void There_are_never_two_responders_and_never_none(bool deskDecidesAnew) => Prop.ForAll(Gen.Choose(0, 9999).ArrayOf(250).ToArbitrary(), steps =>
    {
        var walk = new Walk(deskDecidesAnew);
        foreach (var step in steps)
        {
            walk.StepAsync(step).GetAwaiter().GetResult();
            walk.ShouldHold();
        }
        walk.SettleAsync().GetAwaiter().GetResult();
        walk.ShouldHaveSettled();
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300));

    private sealed class Walk
    {
        private static readonly FakeTimeProvider Clock = new(new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
        private static readonly CountyDirectory Directory = Empty();
        private static readonly HandoffMachine Handoffs = new(Directory, new("county-routing"), TestStates.California.Law, Clock);
        private static readonly RouteReferral Routing = new(Maps.California, new(Maps.California, Directory, Clock), Clock);
        private static readonly DeskItemMachine Desk = new(Maps.California.State, new(Maps.California, new(Maps.California, Directory, Clock), Clock), new("county-routing"), Clock);

        private readonly Dictionary<Guid, Handoff> _handoffs = [];
        private readonly Dictionary<Guid, DeskItem> _items = [];
        private readonly Dictionary<Organization, Queue<object>> _toCounties = Counties.ToDictionary(county => county, _ => new Queue<object>());
        private readonly Queue<object> _toRouting = new(), _toDesk = new();
        private readonly Dictionary<Guid, (int Openings, int Told)> _told = [];
        private readonly bool _anew;
        private bool _twoByDesk;

        // The child lives in the second county and has a case in the third, which know of it.
        public Walk(bool anew)
        {
            _anew = anew;
            var encounter = Facts.Encounter(Facts.DowntownLosAngeles, null, "CA0194200", Facts.Child(residence: "06059", dependency: "06067"));
            var unit = new UnitOfWork();
            new OpeningHandoffs(Maps.California, Directory, Clock).Open(Facts.EncounterId, Urgencies.Immediate, (RoutingDecision.Determined)Determination.Of(encounter, Facts.Map), unit);
            Send(unit);
        }

        private IEnumerable<object> UnderWay => _toCounties.Values.SelectMany(queue => queue).Concat(_toRouting).Concat(_toDesk);

        public Task StepAsync(int step)
        {
            var (what, county, other) = (step % 12, Counties[step / 12 % 5], Counties[step / 60 % 5]);
            Clock.Advance(TimeSpan.FromSeconds(1));
            var handoff = _handoffs.Values.FirstOrDefault(h => h.Organization == county);
            return what switch
            {
                0 or 1 or 2 or 3 => DeliverAsync(_toCounties[county]),
                4 => DeliverAsync(_toRouting),
                5 => DeliverAsync(_toDesk),
                6 when _items.Values.FirstOrDefault(i => i.CurrentState == "Waiting" && i.Reason != UndeterminedReasons.CountySilent || _anew && i.CurrentState is "Waiting" or "Assigned") is { } item => DecideAsync(item, other),
                7 when handoff is not null => On(handoff, Handoffs.AcknowledgeRequested, new()),
                8 when handoff is not null => On(handoff, Handoffs.AcceptRequested, new("worker-1")),
                9 or 10 when handoff is not null && county != other => On(handoff, Handoffs.ReferOnRequested, new(other, ReferralReasons.ChildIsThere, "worker-1")),
                11 when handoff is { SilenceToken: { } token } => On(handoff, Handoffs.Silence.AnyReceived, new(handoff.EncounterId, handoff.CorrelationId), token),
                _ => Task.CompletedTask,
            };
        }

        public async Task SettleAsync()
        {
            while (UnderWay.Any())
            {
                foreach (var queue in _toCounties.Values.Append(_toRouting).Append(_toDesk))
                    await DeliverAsync(queue);
                ShouldHold();
            }
        }

        public void ShouldHold()
        {
            foreach (var handoff in _handoffs.Values)
            {
                var waits = handoff.CurrentState is "Open" or "Notified" or "Referring" || handoff is { CurrentState: "Acknowledged", AcceptBy: not null };
                (handoff.SilenceToken is not null).ShouldBe(waits, $"{handoff.Organization} is {handoff.CurrentState}");
                if (handoff.CurrentState is "ReferredOn" or "Withdrawn")
                    handoff.ReadsUntil.ShouldBeNull("it reads no longer");
            }
            foreach (var (openings, told) in _told.Values)
                told.ShouldBe(openings, "each opening is told once");
            // Whose relief is under way has handed over.
            var relieved = UnderWay.OfType<HandoffTakenOver>().Where(taken => _handoffs[taken.HandoffId].Referrals[^1].At == taken.ReferredAt).Select(taken => taken.HandoffId).ToHashSet();
            var responsible = _handoffs.Values.Where(h => h is { Role: Role.Responder, CurrentState: "Accepted" or "Referring" } && !relieved.Contains(h.CorrelationId)).ToList();
            if (!_twoByDesk)
                responsible.Count.ShouldBeLessThanOrEqualTo(1, string.Join(", ", responsible.Select(h => $"{h.Organization} {h.CurrentState}")));
            if (_handoffs.Values.Any(h => h.Role == Role.Responder && h.AcceptedAt is not null))
                responsible.ShouldNotBeEmpty("the sender stays responsible until the next has accepted");
            // Where the desk has made two, either may have referred on to the other; both are told again and again.
            foreach (var sender in responsible.Where(h => h.CurrentState == "Referring" && responsible.Count == 1))
                (UnderWay.Any() || _items.Values.Any(i => i.CurrentState is "Waiting" or "Assigned" && i.Sender == sender.Organization)
                    || _handoffs.Values.Any(h => h.CurrentState is "Open" or "Notified" or "Acknowledged" && IsAskedBy(h, sender))).ShouldBeTrue($"{sender.Organization} waits for nobody");
        }

        private static bool IsAskedBy(Handoff handoff, Handoff sender) => handoff.ReferredBy == sender.CorrelationId || handoff.AlsoAsked.Any(ask => ask.Referral!.HandoffId == sender.CorrelationId);

        public void ShouldHaveSettled() => _handoffs.Values.Where(h => h.Organization == Counties[1] || h.Organization == Counties[2])
            .ShouldAllBe(h => h.CurrentState != "ReferredOn", "the child lives there, or has its case there, whoever responds");

        private async Task DecideAsync(DeskItem item, Organization county)
        {
            // Whom the desk, or routing, had asked before may accept in the same moment.
            _twoByDesk |= item.CurrentState == "Assigned" || item.Reason == UndeterminedReasons.CountySilent;
            await OnDesk(item, Desk.Assign, new(county, "desk-1"));
        }

        private Task DeliverAsync(Queue<object> queue)
        {
            if (!queue.TryDequeue(out var message))
                return Task.CompletedTask;
            switch (message)
            {
                case HandoffOpened m:
                    // The id of the first opening follows from the handoff's: the second of that kind is a duplicate.
                    if (m.Referral is null && _handoffs.ContainsKey(m.HandoffId))
                        return Task.CompletedTask;
                    return On(_handoffs.TryGetValue(m.HandoffId, out var known) ? known : _handoffs[m.HandoffId] = new() { CorrelationId = m.HandoffId }, Handoffs.Opened, m);
                case HandoffConfirmed m: return On(_handoffs[m.HandoffId], Handoffs.Confirmed, m);
                case HandoffWithdrawn m: return On(_handoffs[m.HandoffId], Handoffs.WithdrawnByDesk, m);
                case HandoffTakenOver m: return On(_handoffs[m.HandoffId], Handoffs.TakenOver, m);
                case HandoffReferredOn m:
                    var unit = new UnitOfWork();
                    Routing.Route(m, unit);
                    Send(unit);
                    return Task.CompletedTask;
                case JurisdictionUndetermined m: return OnDesk(_items[m.DeskItemId] = new() { CorrelationId = m.DeskItemId }, Desk.Undetermined, m);
                case JurisdictionClaimed m: return _items.TryGetValue(m.DeskItemId, out var item) ? OnDesk(item, Desk.Claimed, m) : Task.CompletedTask;
                default: return Task.CompletedTask;
            }
        }

        private async Task On<T>(Handoff handoff, Event<T> @event, T message, Guid? token = null) where T : class
        {
            var (unit, opened) = (new UnitOfWork(), handoff.OpenedAt);
            await SagaStep.RaiseAsync(Handoffs, handoff, @event, message, unit, timerToken: token);
            var told = unit.Messages.OfType<NoticeRequested>().Count(n => n.Type is NoticeTypes.HandoffOpened or NoticeTypes.HandoffReferredOn);
            var (openings, before) = _told.GetValueOrDefault(handoff.CorrelationId);
            _told[handoff.CorrelationId] = (openings + (message is HandoffOpened or HandoffTakenOver && handoff.OpenedAt != opened ? 1 : 0), before + told);
            Send(unit);
        }

        private async Task OnDesk<T>(DeskItem item, Event<T> @event, T message) where T : class
        {
            var unit = new UnitOfWork();
            await SagaStep.RaiseAsync(Desk, item, @event, message, unit);
            Send(unit);
        }

        private void Send(UnitOfWork unit)
        {
            foreach (var message in unit.Messages)
                if (message is HandoffOpened or HandoffConfirmed or HandoffWithdrawn or HandoffTakenOver)
                    _toCounties[((IHandoffEvent)message).Organization].Enqueue(message);
                else if (message is HandoffReferredOn)
                    _toRouting.Enqueue(message);
                else if (message is JurisdictionClaimed or JurisdictionUndetermined)
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
