using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.CountyRouting.Tests.Desk;

public sealed class DeskItemMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero);
    private readonly DeskItemMachine _machine;
    private readonly DeskItem _item = new() { CorrelationId = Guid.NewGuid() };
    private UnitOfWork _unit = new();

    public DeskItemMachineTests()
    {
        var clock = new FakeTimeProvider(Now);
        var directory = new CountyDirectory(Maps.California);
        directory.Load([("06067", PackFiles.DefaultsOf(Maps.California)["06067"] with { RetentionDays = 1825 })]);
        _machine = new DeskItemMachine(Maps.California, new OpeningHandoffs(directory, clock), new("county-routing"), clock);
    }

    private async Task<bool> Raise<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new UnitOfWork();
        return await SagaStep.RaiseAsync(_machine, _item, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);
    }

    private Task<bool> Arrive(params ReportedChild[] reports) => Raise(_machine.Undetermined, new JurisdictionUndetermined
    {
        EncounterId = Guid.NewGuid(),
        At = Now,
        DeskItemId = _item.CorrelationId,
        Reason = "NO_LOCATION",
        Urgency = Urgencies.Prompt,
        Reports = reports,
    });

    private Task<bool> Assign(string organization) => Raise(_machine.Assign, new(organization, "desk-1"));

    [Fact]
    public async Task What_cannot_be_decided_waits_at_the_desk_which_is_told_again_and_again()
    {
        await Arrive();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _item.CurrentState.ShouldBe("Waiting");
            _unit.Messages.OfType<NoticeRequested>().Single().Organization.ShouldBe("state:ca");
            _unit.Timers.ShouldHaveSingleItem();
            await Raise(_machine.StillWaiting.AnyReceived, new DeskItemWaiting(_item.EncounterId, _item.CorrelationId), _item.WaitingToken);
        }
    }

    [Fact]
    public async Task Assigning_a_county_opens_a_handoff_for_every_child_and_ends_the_waiting()
    {
        var children = Enumerable.Range(1, 2).Select(i => new ReportedChild { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = i, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown }).ToArray();
        await Arrive(children);

        (await Assign("county:06067")).ShouldBeTrue();

        _item.ShouldSatisfyAllConditions(i => i.CurrentState.ShouldBe("Assigned"), i => i.WaitingToken.ShouldBeNull(), i => i.AssignedBy.ShouldBe("desk-1"));
        _unit.Messages.OfType<JurisdictionAssigned>().Single().Organization.ShouldBe("county:06067");
        _unit.Messages.OfType<HandoffOpened>().Select(h => (h.ReportId, h.Organization, h.Basis)).ShouldBe(children.Select(c => (c.ReportId, "county:06067", Bases.Desk)));
        _unit.Messages.OfType<HandoffOpened>().ShouldAllBe(h => h.RetentionDays == 1825, "the county's pack says how long it is kept");
    }

    [Fact]
    public async Task Assigning_again_is_refused_and_opens_nothing()
    {
        await Arrive();
        await Assign("county:06067");

        (await Assign("county:06037")).ShouldBeFalse();

        _unit.Messages.ShouldBeEmpty();
        _item.AssignedOrganization.ShouldBe("county:06067");
    }
}
