using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A timer and its cancellation in the same moment: one of them is first, and that is true for ever.</summary>
public sealed class TimerRaceTests : MessagingTest
{
    [Fact]
    public async Task A_timer_that_is_cancelled_as_it_becomes_due_has_fired_before_or_never_does()
    {
        await using var service = await Start(_ => { });
        var delay = TimeSpan.FromMilliseconds(800);
        // To a queue that is not there: what has fired stays in the outbox, and can be counted.
        var tokens = Enumerable.Range(0, 60).Select(_ => Guid.CreateVersion7()).ToArray();
        var unit = new UnitOfWork();
        foreach (var token in tokens)
            unit.StartTimer("no-such-queue", delay, new FinishErrand(Guid.NewGuid()), token);
        await service.Store.CommitAsync(unit, Cancellation);

        var fired = await Task.WhenAll(tokens.Select(async (token, i) =>
        {
            await Task.Delay(delay + TimeSpan.FromMilliseconds(i - 30), Cancellation);
            var cancel = new UnitOfWork();
            cancel.CancelTimer(token);
            await service.Store.CommitAsync(cancel, Cancellation);
            return await FiredAsync(token);
        }));

        (await service.ScalarAsync<long>("select count(*) from timers", Cancellation)).ShouldBe(0);
        foreach (var (token, before) in tokens.Zip(fired))
            (await FiredAsync(token)).ShouldBe(before);

        Task<long> FiredAsync(Guid token) => service.ScalarAsync<long>($"select count(*) from outbox where message_id = '{token}'", Cancellation);
    }

    [Fact]
    public async Task A_command_that_cancels_an_alarm_as_it_rings_comes_before_it_or_after_it()
    {
        Told.AlarmAfter = TimeSpan.FromMilliseconds(500);
        await using var service = await Start(Both);
        var commands = service.Services.GetRequiredService<SagaCommands<ErrandMachine, Errand>>();
        var errands = Enumerable.Range(0, 40).Select(_ => Sample.Opened()).ToArray();
        await Publish(service, errands);
        await service.EventuallyAsync("select count(*) from errands", n => n == 40, "all have started", Cancellation);

        var outcomes = await Task.WhenAll(errands.Select(async (errand, i) =>
        {
            await Task.Delay(300 + 10 * i, Cancellation);
            return (await commands.RaiseAsync(errand.HandoffId, m => m.Finish, new FinishErrand(errand.HandoffId), _ => true, TestService.OnLedger, Cancellation)).Outcome;
        }));

        await service.EventuallyAsync("select (select count(*) from outbox) + (select count(*) from timers)", n => n == 0, "nothing is left to fire", Cancellation);
        await Broker.EmptyAsync(TheBroker, "county-routing-handoff", Cancellation);
        foreach (var (errand, outcome) in errands.Zip(outcomes))
            (await service.ScalarAsync<long>($"select count(*) from notes where text = 'rang' and about = '{errand.HandoffId}'", Cancellation))
                .ShouldBe(outcome == CommandOutcome.Done ? 0 : 1, outcome.ToString());
    }
}
