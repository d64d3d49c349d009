using Microsoft.Extensions.Time.Testing;
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

    private readonly FakeTimeProvider _time = new(Start);
    private readonly ReportClockMachine _machine;
    private readonly UnitOfWork _unit = new();
    private readonly ReportClock _clock;

    public ReportClockTests() => (_machine, _clock) = (new(_time), ReportClock.Start(new UnitOfWork(), Guid.NewGuid(), Rule, Start, Start));

    private Task<bool> Record(string fingerprint, int minute = 5) => SagaStep.RaiseAsync(_machine, _clock, _machine.Recorded,
        new RecordTelephoneReport(new TelephoneReport { EncounterId = _clock.EncounterId, RecordedAt = Start.AddMinutes(minute) }, fingerprint),
        _unit, cancellation: TestContext.Current.CancellationToken);

    private Task<bool> Ring(Guid? token = null) => SagaStep.RaiseAsync(_machine, _clock, _machine.Alarm.AnyReceived,
        new ReportClockRang(_clock.EncounterId, _clock.CorrelationId), _unit, timerToken: token ?? _clock.AlarmToken, cancellation: TestContext.Current.CancellationToken);

    private Task<bool> RingInTime() => SagaStep.RaiseAsync(_machine, _clock, _machine.Alarm.Received,
        new ReportClockRang(_clock.EncounterId, _clock.CorrelationId), _unit, timerToken: _clock.AlarmToken, cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public void A_clock_starts_with_its_timer_in_the_same_unit_of_work()
    {
        var encounter = Guid.NewGuid();
        var clock = ReportClock.Start(_unit, encounter, Rule, Start, Start.AddMinutes(5));

        (clock.CurrentState, clock.StateSince, clock.StartedAt, clock.DueAt).ShouldBe(("Running", Start.AddMinutes(5), Start, Start.AddMinutes(15)));
        (clock.EncounterId, clock.CorrelationId, clock.Rule, clock.LimitedBy).ShouldBe((encounter, ReportClock.IdOf(encounter, Rule.Name), Rule.Name, "telephone-record"));
        (clock.SatisfiedAt, clock.Evidence).ShouldBe((null, null));
        var (message, delay) = _unit.Timers.ShouldHaveSingleItem();
        message.ShouldBe(new ReportClockRang(clock.EncounterId, clock.CorrelationId));
        delay.ShouldBe(TimeSpan.FromMinutes(10));
        clock.AlarmToken.ShouldNotBeNull();
        _unit.Writes.Select(write => write.Row).ShouldContain(clock);
    }

    [Fact]
    public void Nothing_of_a_clock_that_has_not_begun_is_null_as_its_columns_are_not()
    {
        var clock = new ReportClock();

        (clock.CurrentState, clock.Rule, clock.LimitedBy).ShouldBe(("", "", ""));
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
        _time.SetUtcNow(_clock.DueAt.AddSeconds(1));
        await RingInTime();
        await Ring();

        _clock.CurrentState.ShouldBe("Overdue");
        var overdue = _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<ReportClockOverdue>();
        (overdue.Rule, overdue.DueAt, overdue.ClockId).ShouldBe((ReportClocks.Telephone, Start.AddMinutes(15), _clock.CorrelationId));
        (overdue.EncounterId, overdue.At).ShouldBe((_clock.EncounterId, Start.AddMinutes(15).AddSeconds(1)));
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
    public async Task A_clock_that_is_satisfied_in_time_rings_no_more()
    {
        _clock.AlarmToken.ShouldNotBeNull();

        await Record("a");

        (_clock.AlarmToken, _clock.Evidence).ShouldBe((null, "a"));
    }

    [Fact]
    public void A_clock_that_was_satisfied_before_it_began_never_runs()
    {
        var clock = ReportClock.AddSatisfied(_unit, Guid.NewGuid(), Rule, Start, Start.AddMinutes(1), "a");

        (clock.CurrentState, clock.SatisfiedAt, clock.Evidence, clock.AlarmToken, clock.DueAt).ShouldBe(("Satisfied", Start.AddMinutes(1), "a", null, Start.AddMinutes(15)));
        _unit.Timers.ShouldBeEmpty();
        _unit.Writes.Select(write => write.Row).ShouldBe([clock]);
    }

    [Fact]
    public async Task The_same_call_again_changes_nothing_and_a_corrected_one_is_recorded()
    {
        await Record("a");
        (await Record("a", 6)).ShouldBeTrue();
        _unit.Messages.Count().ShouldBe(1);

        await Record("b", 7);
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
