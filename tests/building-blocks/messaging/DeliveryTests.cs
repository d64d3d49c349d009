using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Tests;

/// <summary>The core against real PostgreSQL and RabbitMQ.</summary>
public sealed class DeliveryTests : MessagingTest
{
    [Fact]
    public async Task A_message_goes_through_saga_outbox_and_consumer_and_leaves_nothing_behind()
    {
        await using var service = await Start(Both);
        var opened = Sample.Opened();

        await Publish(service, opened);

        await service.EventuallyAsync($"select count(*) from notes where about = '{opened.EncounterId}'", n => n == 1, "the consumer's note", Cancellation);
        (await service.ScalarAsync<string>($"select current_state from errands where correlation_id = '{opened.HandoffId}'", Cancellation)).ShouldBe("RUNNING");
        (await service.ScalarAsync<DateTime>("select started_at from errands", Cancellation)).ShouldBe(opened.At.UtcDateTime);
        (await service.ScalarAsync<string>("select steps from errands", Cancellation)).ShouldBe("""["opened"]""");
        await service.EventuallyAsync("select count(*) from outbox", n => n == 0, "the outbox empties", Cancellation);
        (await service.ScalarAsync<long>("select count(*) from timers", Cancellation)).ShouldBe(1);
        await service.EventuallyAsync("select count(*) from inbox", n => n == 3, "each message is in the inbox of each queue that it reached", Cancellation);
    }

    [Fact]
    public async Task What_was_published_before_any_subscriber_ever_ran_arrives_when_they_first_come_up()
    {
        var opened = Enumerable.Range(0, 20).Select(_ => Sample.Opened()).ToArray();
        await using (var alone = await Start(_ => { }))
        {
            await Publish(alone, opened);
            await alone.EventuallyAsync("select count(*) from outbox", n => n == 0, "everything is on the broker", Cancellation);
        }

        await using var service = await Start(Both);

        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 20, "all of them arrive", Cancellation);
    }

    [Fact]
    public async Task The_same_message_again_changes_nothing_in_consumer_or_saga()
    {
        await using var service = await Start(Both);
        var opened = Sample.Opened();
        var recorded = Sample.Recorded(Guid.NewGuid(), opened.At);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var unit = new UnitOfWork();
            unit.Publish(opened, messageId: opened.ReportId);
            unit.Publish(recorded, messageId: recorded.EncounterId);
            await service.Store.CommitAsync(unit, Cancellation);
        }
        var last = Sample.Recorded(Guid.NewGuid(), opened.At);
        await Publish(service, last);

        await service.EventuallyAsync("select count(*) from outbox", n => n == 0, "the outbox empties", Cancellation);
        await service.EventuallyAsync($"select count(*) from notes where about in ('{last.EncounterId}', '{opened.EncounterId}')", n => n == 2, "the last messages are handled", Cancellation);
        await service.EventuallyAsync("select count(*) from inbox", n => n == 5, "each message is in the inbox of each queue that it reached, once", Cancellation);
        (await service.ScalarAsync<long>($"select count(*) from notes where about = '{recorded.EncounterId}'", Cancellation)).ShouldBe(1);
        (await service.ScalarAsync<long>("select seen from errands", Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task A_handler_that_throws_leaves_no_effect_and_its_message_is_parked()
    {
        Told.Fail = m => m.CalledAt == DateTimeOffset.UnixEpoch ? new InvalidOperationException("no") : null;
        await using var service = await Start(Both);
        var poison = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        var good = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch.AddDays(1));

        await Publish(service, poison);
        await Publish(service, good);

        await service.EventuallyAsync($"select count(*) from notes where about = '{good.EncounterId}'", n => n == 1, "the innocent message", Cancellation);
        await service.EventuallyAsync($"select count(*) from parked where destination = 'queue:intake-timeline' and ordering_key = '{poison.EncounterId}' and error_type = 'InvalidOperationException'", n => n == 1, "it is parked", Cancellation);
        (await service.ScalarAsync<long>($"select count(*) from notes where about = '{poison.EncounterId}'", Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_passing_failure_is_tried_again_until_it_passes()
    {
        var attempts = 0;
        Told.Fail = _ => Interlocked.Increment(ref attempts) < 5 ? new NpgsqlException("gone", new IOException()) : null;
        await using var service = await Start(Both);
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);

        await Publish(service, recorded);

        await service.EventuallyAsync("select count(*) from notes", n => n == 1, "it is handled in the end", Cancellation, seconds: 60);
        attempts.ShouldBe(5);
    }

    [Fact]
    public async Task A_timer_fires_once_and_a_cancelled_one_never_does()
    {
        Told.AlarmAfter = TimeSpan.FromMilliseconds(600);
        await using var service = await Start(Both);
        var (rings, cancelled) = (Sample.Opened(), Sample.Opened());
        await Publish(service, rings, cancelled);
        await service.EventuallyAsync("select count(*) from errands", n => n == 2, "both have started", Cancellation);

        var result = await service.Services.GetRequiredService<SagaCommands<ErrandMachine, Errand>>()
            .RaiseAsync(cancelled.HandoffId, m => m.Finish, new FinishErrand(cancelled.HandoffId), _ => true, TestService.OnLedger, Cancellation);

        result.Outcome.ShouldBe(CommandOutcome.Done);
        await service.EventuallyAsync("select count(*) from errands where current_state = 'LATE'", n => n == 1, "one timer fires", Cancellation);
        (await service.ScalarAsync<string>($"select current_state from errands where correlation_id = '{cancelled.HandoffId}'", Cancellation)).ShouldBe("FINISHED");
        (await service.ScalarAsync<long>("select count(*) from timers", Cancellation)).ShouldBe(0);
        (await service.ScalarAsync<long>("select count(*) from notes where text = 'rang'", Cancellation)).ShouldBe(1);
        (await service.ScalarAsync<long>($"select count(*) from ledger where about = '{cancelled.HandoffId}'", Cancellation)).ShouldBe(1, "the command is on the ledger");
    }

    [Fact]
    public async Task A_command_answers_with_what_is_true_and_hides_what_is_not_the_callers()
    {
        await using var service = await Start(Both);
        var opened = Sample.Opened();
        await Publish(service, opened);
        await service.EventuallyAsync("select count(*) from errands", n => n == 1, "it has started", Cancellation);
        var commands = service.Services.GetRequiredService<SagaCommands<ErrandMachine, Errand>>();
        Task<CommandResult<Errand>> Finish(Guid id, bool mayAct) => commands.RaiseAsync(id, m => m.Finish, new FinishErrand(id), _ => mayAct, TestService.OnLedger, Cancellation);

        (await Finish(Guid.NewGuid(), true)).Outcome.ShouldBe(CommandOutcome.NotFound);
        (await Finish(opened.HandoffId, false)).Outcome.ShouldBe(CommandOutcome.NotFound);
        (await Finish(opened.HandoffId, true)).Outcome.ShouldBe(CommandOutcome.Done);
        (await Finish(opened.HandoffId, true)).Outcome.ShouldBe(CommandOutcome.DoneBefore, "the same command again changes nothing and is no error");
        (await service.ScalarAsync<long>($"select count(*) from ledger where about = '{opened.HandoffId}'", Cancellation)).ShouldBe(1, "on the ledger is what happened");
        (await service.ScalarAsync<string>("select current_state from errands", Cancellation)).ShouldBe("FINISHED");
    }

    [Fact]
    public async Task Messages_of_one_encounter_keep_their_order_and_a_refused_one_holds_back_only_its_own()
    {
        await using var service = await Start(_ => { });
        var (stuck, free) = (Guid.NewGuid(), Guid.NewGuid());
        var unit = new UnitOfWork();
        unit.Send("no-such-queue", new FinishErrand(stuck));
        foreach (var i in Enumerable.Range(1, 5))
        {
            unit.Publish(Sample.Recorded(stuck, DateTimeOffset.UnixEpoch.AddDays(i)));
            unit.Publish(Sample.Recorded(free, DateTimeOffset.UnixEpoch.AddDays(i)));
        }
        await service.Store.CommitAsync(unit, Cancellation);

        await service.EventuallyAsync($"select count(*) from outbox where ordering_key = '{free}'", n => n == 0, "others pass", Cancellation);
        await service.EventuallyAsync("select max(attempts) from outbox", n => n >= 2, "it is tried again", Cancellation);
        (await service.ScalarAsync<long>($"select count(*) from outbox where ordering_key = '{stuck}'", Cancellation)).ShouldBe(6);
        (await service.ScalarAsync<string>("select last_error from outbox where last_error is not null", Cancellation)).ShouldStartWith("The broker closed the channel: NOT_FOUND - no exchange 'no-such-queue'");
        (await Broker.PeekAsync(TheBroker, "intake-timeline", Cancellation)).Select(b => b.GetProperty("calledAt").GetDateTimeOffset().Day).ShouldBe([2, 3, 4, 5, 6]);
    }

    [Fact]
    public async Task Two_instances_of_a_service_handle_every_message_once()
    {
        await using var one = await Start(Both);
        await using var two = await Start(Both);
        var opened = Enumerable.Range(0, 100).Select(_ => Sample.Opened()).ToArray();

        foreach (var (message, i) in opened.Select((m, i) => (m, i)))
            await Publish(i % 2 == 0 ? one : two, message);

        await one.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 100, "all are handled", Cancellation);
        (await one.ScalarAsync<long>("select count(*) from notes where text = 'opened'", Cancellation)).ShouldBe(100);
    }
}
