using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.CountyRouting.Tests.Handoffs;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Drills;

/// <summary>A drill at the county: as a report, and nothing of what only a report may do.</summary>
public sealed class DrilledHandoffTests
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
    private readonly CountyDirectory _directory;
    private readonly HandoffMachine _machine;
    private readonly Handoff _handoff = new() { CorrelationId = Guid.NewGuid() };
    private readonly DateTimeOffset _endsAt;
    private UnitOfWork _unit = new();

    public DrilledHandoffTests()
    {
        _directory = new(Maps.California, new(false), _clock);
        _directory.Load([("06037", PackFiles.DefaultsOf(Maps.California)[CountyFips.Parse("06037")] with { DetermineWithinMinutes = 30 })]);
        _machine = new(_directory, new("county-routing"), TestStates.California.Law, _clock);
        _endsAt = _clock.GetUtcNow().AddMinutes(40);
    }

    private string Said => string.Join(' ', _unit.Messages.Select(m => m.GetType().Name));

    [Fact]
    public async Task It_is_told_as_a_drill_and_accepted_without_anything_to_read_or_to_determine()
    {
        await OpenAsync();
        Said.ShouldBe(nameof(NoticeRequested));
        _unit.Messages.OfType<NoticeRequested>().Single().Drill.ShouldBeTrue();
        HandoffView.Of(_handoff, TestStates.California.Law).DrillEndsAt.ShouldBe(_endsAt);

        (await RaiseAsync(_machine.AcknowledgeRequested, new())).ShouldBeTrue();
        (await RaiseAsync(_machine.AcceptRequested, new("worker-1"))).ShouldBeTrue();

        Said.ShouldBe($"{nameof(HandoffAccepted)} {nameof(DrillEnded)}");
        var ended = _unit.Messages.OfType<DrillEnded>().Single();
        (ended.EncounterId, ended.HandoffId, ended.AcknowledgedAt, ended.AcceptedAt).ShouldBe((_handoff.EncounterId, _handoff.CorrelationId, _clock.GetUtcNow(), _clock.GetUtcNow()));
        (_handoff.CurrentState, _handoff.ReadsUntil, _handoff.DueAt, _handoff.SilenceToken).ShouldBe(("Accepted", null, null, null));
        ((ITimedSaga)_handoff).CountsInFigures.ShouldBeFalse();
    }

    [Fact]
    public async Task Silence_climbs_the_ladder_without_an_item_for_the_desk_and_ends_with_the_drill()
    {
        await OpenAsync();
        var told = new List<string>();
        for (var i = 0; i < 20 && _handoff.CurrentState != "Withdrawn"; i++)
        {
            // MassTransit counts the delay from its own clock.
            _clock.Advance(_unit.Timers.ShouldHaveSingleItem().Delay + TimeSpan.FromSeconds(1));
            await RaiseAsync(_machine.Silence.AnyReceived, new(_handoff.EncounterId, _handoff.CorrelationId), _handoff.SilenceToken);
            told.AddRange(_unit.Messages.OfType<NoticeRequested>().Where(n => n.Drill).Select(n => n.Organization.Text));
            _unit.Messages.OfType<JurisdictionUndetermined>().ShouldBeEmpty();
        }

        _clock.GetUtcNow().ShouldBe(_endsAt, TimeSpan.FromSeconds(5));
        (_handoff.CurrentState, Said, _unit.Timers.Any()).ShouldBe(("Withdrawn", nameof(DrillEnded), false));
        var ended = _unit.Messages.OfType<DrillEnded>().Single();
        (ended.AcceptedAt, ended.RungsTold).ShouldBe((null, _handoff.Told.Count));
        told.ShouldContain("state:ca");
        (await RaiseAsync(_machine.AcceptRequested, new("worker-1"))).ShouldBeFalse("it is over");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_else_is_done_with_it_before_and_after_it_is_accepted(bool accepted)
    {
        await OpenAsync();
        if (accepted)
            await RaiseAsync(_machine.AcceptRequested, new("worker-1"));

        (await RaiseAsync(_machine.ReferOnRequested, new(Organization.Parse("county:06059"), ReferralReasons.LivesThere, "worker-1"))).ShouldBeFalse();
        (await RaiseAsync(_machine.DetermineRequested, new(ResponseLevels.EvaluatedOut, ResponseReasons.All[0], "worker-1"))).ShouldBeFalse();
        (await RaiseAsync(_machine.InPersonRequested, new(_clock.GetUtcNow()))).ShouldBeFalse();
        (await RaiseAsync(_machine.CloseRequested, new(ClosingReasons.CaseOpened))).ShouldBeFalse();

        var problem = ActOnHandoff.Handoffs(TestStates.California.Law, ActOnHandoff.Refused).Refused(_handoff).ProblemDetails;
        (problem.Type!.Split('/')[^1], problem.Detail!.Contains("POST /v1/counties/{countyFips}/drills", StringComparison.Ordinal)).ShouldBe(("handoff-drill", true));
    }

    [Fact]
    public void Nobody_but_the_county_is_drilled()
    {
        var child = Drilled with { ReasonToKnowIndianChild = true, LivesInLicensedHome = true, Missing = true };

        var further = FurtherRecipients.Of(child, Maps.California.Find(CountyFips.Parse("06037"))!, Maps.California, _directory.PackOf);

        (further.Reached.Count, further.NotReached.Count).ShouldBe((0, 0));
        FurtherRecipients.Of(child with { DrillEndsAt = null }, Maps.California.Find(CountyFips.Parse("06037"))!, Maps.California, _directory.PackOf).NotReached.ShouldNotBeEmpty();
    }

    private Contracts.Intake.ReportedChild Drilled => SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()).Child with { DrillEndsAt = _endsAt };

    private Task<bool> OpenAsync() => RaiseAsync(_machine.Opened, SampleHandoff.Opened(_handoff.CorrelationId, _clock.GetUtcNow()) with { Child = Drilled });

    private async Task<bool> RaiseAsync<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new();
        return await SagaStep.RaiseAsync(_machine, _handoff, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);
    }
}
