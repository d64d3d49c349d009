using MassTransit;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Drills;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.CountyRouting.Tests.Drills;

public sealed class DrillMachineTests : IDisposable
{
    private static readonly Organization LosAngeles = Organization.Parse("county:06037");
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
    private readonly DrillMeter _meter = new();
    private readonly DrillMachine _machine;
    private readonly Drill _drill;
    private UnitOfWork _unit = new();

    public DrillMachineTests()
    {
        _machine = new(Maps.California.State, new("county-routing"), _meter, _clock);
        _drill = _unit.StartDrill(Guid.NewGuid(), Maps.California.OfOrganization(LosAngeles)!, 30, LosAngeles, _clock.GetUtcNow());
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<string> Told => _unit.Messages.OfType<SystemNoticeRequested>().Select(n => $"{n.Type} {n.Organization} {n.SubjectKind} {n.Link}");
    private string[] Alarm => [.. new[] { "county:06037", "state:ca" }.Select(o => $"drill.unanswered.v1 {o} DRILL /v1/drills/{_drill.CorrelationId}")];

    [Fact]
    public void A_drill_is_reported_by_intake_and_watched_a_little_longer_than_it_lasts()
    {
        var started = _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<DrillStarted>();

        (started.EncounterId, started.ReportId, started.CountyFips.Text, started.EndsAt).ShouldBe((_drill.CorrelationId, Drill.ReportOf(_drill.CorrelationId), "06037", _clock.GetUtcNow().AddMinutes(30)));
        _unit.Timers.ShouldHaveSingleItem().Delay.ShouldBe(TimeSpan.FromMinutes(31));
        (_drill.CurrentState, _drill.DueAt).ShouldBe(("Running", started.EndsAt));
        ((ITimedSaga)_drill).CountsInFigures.ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_accepts_and_nobody_is_alarmed()
    {
        await EndAsync(accepted: true);

        (_drill.CurrentState, _drill.DueAt, _drill.RungsTold, _drill.EndToken).ShouldBe(("Answered", null, 2, null));
        _drill.AcceptedAt.ShouldBe(_clock.GetUtcNow());
        Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_accepts_and_county_and_state_are_told_how_far_it_came()
    {
        await EndAsync(accepted: false);

        Told.ShouldBe(Alarm);
        (_drill.CurrentState, _drill.AcceptedAt, _drill.NotifiedAt).ShouldBe(("Unanswered", null, _clock.GetUtcNow().AddMinutes(-2)));
        await EndAsync(accepted: false);
        Told.ShouldBeEmpty("it is told once");
    }

    [Fact]
    public async Task Nothing_is_heard_of_its_handoff_and_county_and_state_are_told()
    {
        await OverAsync();

        Told.ShouldBe(Alarm);
        (_drill.CurrentState, _drill.HeardAt).ShouldBe(("Unanswered", null));
        await EndAsync(accepted: false);
        (_drill.CurrentState, _drill.HeardAt).ShouldBe(("Unanswered", _clock.GetUtcNow()));
        Told.ShouldBeEmpty("it is told once");
    }

    [Fact]
    public async Task That_somebody_had_accepted_in_time_may_come_late()
    {
        await OverAsync();
        await EndAsync(accepted: true);

        _drill.CurrentState.ShouldBe("Answered");
        await EndAsync(accepted: false);
        _drill.CurrentState.ShouldBe("Answered");
    }

    private Task OverAsync() => RaiseAsync(_machine.Over.AnyReceived, new DrillOver(_drill.CorrelationId), _drill.EndToken);

    private Task EndAsync(bool accepted) => RaiseAsync(_machine.Ended, new DrillEnded
    {
        EncounterId = _drill.CorrelationId,
        At = _clock.GetUtcNow(),
        HandoffId = Guid.NewGuid(),
        Organization = LosAngeles,
        NotifiedAt = _clock.GetUtcNow().AddMinutes(-2),
        AcceptedAt = accepted ? _clock.GetUtcNow() : null,
        RungsTold = 2,
    });

    private async Task RaiseAsync<T>(Event<T> @event, T message, Guid? timerToken = null) where T : class
    {
        _unit = new();
        (await SagaStep.RaiseAsync(_machine, _drill, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken)).ShouldBeTrue();
    }
}
