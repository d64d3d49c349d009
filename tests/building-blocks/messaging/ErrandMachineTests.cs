using SafeHarbor.Contracts.Intake;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A state machine as a table: state and message in; state, rows, messages and timers out; no server anywhere.</summary>
public sealed class ErrandMachineTests
{
    private readonly Told _told = new();
    private readonly ErrandMachine _machine;
    private readonly Errand _errand = new() { CorrelationId = Guid.NewGuid() };
    private readonly UnitOfWork _unit = new();

    public ErrandMachineTests() => _machine = new(_told);

    private Task<bool> Raise<T>(MassTransit.Event<T> @event, T message, Guid? timerToken = null) where T : class =>
        SagaStep.RaiseAsync(_machine, _errand, @event, message, _unit, timerToken: timerToken, cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public async Task What_a_state_machine_decides_lands_in_its_unit_of_work()
    {
        var opened = Sample.Opened(_errand.CorrelationId);

        (await Raise(_machine.Opened, opened)).ShouldBeTrue();

        _errand.CurrentState.ShouldBe("Running");
        _unit.Messages.ShouldHaveSingleItem().ShouldBeOfType<TelephoneReportRecorded>().EncounterId.ShouldBe(opened.EncounterId);
        var (message, delay) = _unit.Timers.ShouldHaveSingleItem();
        message.ShouldBe(new ErrandRang(_errand.CorrelationId));
        delay.ShouldBe(_told.AlarmAfter, TimeSpan.FromSeconds(5));
        _errand.AlarmToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_command_that_the_state_does_not_allow_decides_nothing()
    {
        _errand.CurrentState = "Late";

        (await Raise(_machine.Finish, new FinishErrand(_errand.CorrelationId))).ShouldBeFalse();

        _unit.Messages.ShouldBeEmpty();
        _errand.CurrentState.ShouldBe("Late");
    }

    [Fact]
    public async Task A_timer_that_was_cancelled_before_the_commit_was_never_started()
    {
        await Raise(_machine.Opened, Sample.Opened(_errand.CorrelationId));
        await Raise(_machine.Finish, new FinishErrand(_errand.CorrelationId));

        _unit.Timers.ShouldBeEmpty();
        _errand.CurrentState.ShouldBe("Finished");
    }

    [Fact]
    public async Task A_timer_counts_only_under_the_token_that_it_was_started_with()
    {
        _errand.CurrentState = "Running";
        _errand.AlarmToken = Guid.NewGuid();

        await Raise(_machine.Alarm.AnyReceived, new ErrandRang(_errand.CorrelationId), Guid.NewGuid());
        _errand.CurrentState.ShouldBe("Running", "the timer was replaced; its old message is stale");

        await Raise(_machine.Alarm.AnyReceived, new ErrandRang(_errand.CorrelationId), _errand.AlarmToken);
        _errand.CurrentState.ShouldBe("Late");
    }
}
