using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Intake.Tests;

/// <summary>The clock's state machine as a table: state and message in, state and messages out.</summary>
public sealed class ReportClockTests
{
    private static readonly ClockRule Rule = new(ReportClocks.Telephone, "telephone-record", TimeSpan.FromMinutes(15));
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly ReportClockMachine _machine = new(TimeProvider.System);
    private readonly UnitOfWork _unit = new();
    private readonly ReportClock _clock;

    public ReportClockTests() => _clock = ReportClock.Start(new UnitOfWork(), Guid.NewGuid(), Rule, Start, Start);

    private Task<bool> Record(string fingerprint) => SagaStep.RaiseAsync(_machine, _clock, _machine.Recorded,
        new RecordTelephoneReport(new TelephoneReport { EncounterId = _clock.EncounterId, RecordedAt = Start.AddMinutes(5) }, fingerprint),
        _unit, cancellation: TestContext.Current.CancellationToken);

    private Task<bool> Ring(Guid? token = null) => SagaStep.RaiseAsync(_machine, _clock, _machine.Alarm.AnyReceived,
        new ReportClockRang(_clock.EncounterId, _clock.CorrelationId), _unit, timerToken: token ?? _clock.AlarmToken, cancellation: TestContext.Current.CancellationToken);

    private Task<bool> RingInTime() => SagaStep.RaiseAsync(_machine, _clock, _machine.Alarm.Received,
        new ReportClockRang(_clock.EncounterId, _clock.CorrelationId), _unit, timerToken: _clock.AlarmToken, cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public void A_clock_starts_with_its_timer_in_the_same_unit_of_work()
    {
        var clock = ReportClock.Start(_unit, Guid.NewGuid(), Rule, Start, Start.AddMinutes(5));

        (clock.CurrentState, clock.StartedAt, clock.DueAt).ShouldBe(("Running", Start, Start.AddMinutes(15)));
        var (message, delay) = _unit.Timers.ShouldHaveSingleItem();
        message.ShouldBe(new ReportClockRang(clock.EncounterId, clock.CorrelationId));
        delay.ShouldBe(TimeSpan.FromMinutes(10));
        clock.AlarmToken.ShouldNotBeNull();
    }

    [Fact]
    public void A_clock_that_is_due_already_rings_at_once()
    {
        ReportClock.Start(_unit, Guid.NewGuid(), Rule, Start, Start.AddDays(2));

        _unit.Timers.ShouldHaveSingleItem().Delay.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_clock_that_rings_is_overdue_and_says_so_once()
    {
        await RingInTime();
        await Ring();

        _clock.CurrentState.ShouldBe("Overdue");
        var overdue = _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<ReportClockOverdue>();
        (overdue.Rule, overdue.DueAt, overdue.ClockId).ShouldBe((ReportClocks.Telephone, Start.AddMinutes(15), _clock.CorrelationId));
    }

    [Theory]
    [InlineData("Running")]
    [InlineData("Overdue")]
    public async Task A_recorded_call_satisfies_the_clock_late_or_not(string state)
    {
        _clock.CurrentState = state;

        (await Record("a")).ShouldBeTrue();

        (_clock.CurrentState, _clock.SatisfiedAt).ShouldBe(("Satisfied", Start.AddMinutes(5)));
        _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<TelephoneReportRecorded>();
    }

    [Fact]
    public async Task The_same_call_again_changes_nothing_and_a_corrected_one_is_recorded()
    {
        await Record("a");
        await Record("a");
        _unit.Messages.Count().ShouldBe(1);

        await Record("b");
        _unit.Messages.Count().ShouldBe(2);
        _clock.SatisfiedAt.ShouldBe(Start.AddMinutes(5));
    }

    [Fact]
    public async Task A_timer_that_was_on_its_way_changes_nothing_any_more()
    {
        var token = _clock.AlarmToken;
        await Record("a");
        await Ring(token);

        _clock.CurrentState.ShouldBe("Satisfied");
        _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<TelephoneReportRecorded>();
    }
}
