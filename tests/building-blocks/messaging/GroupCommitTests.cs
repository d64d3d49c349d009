using System.Collections.Concurrent;
using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Many messages share a transaction, and none of them pays for another's fault.</summary>
public sealed class GroupCommitTests : MessagingTest
{
    [Fact]
    public async Task What_arrives_together_commits_together()
    {
        const int messages = 400;
        await PublishBeforeAnybodyListens([.. Enumerable.Range(0, messages).Select(_ => Sample.Opened())]);
        await using var service = await Start(Both);
        var before = await CommitsAsync(service);

        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == messages, "all are handled", Cancellation);

        var commits = await CommitsAsync(service) - before;
        commits.ShouldBeLessThan(messages, $"{messages} messages at a saga and {messages} at a consumer took {commits} commits");
    }

    [Fact]
    public async Task A_message_whose_effects_do_not_fit_is_found_and_the_others_of_its_group_are_not_charged()
    {
        var attempts = new ConcurrentDictionary<Guid, int>();
        Told.Fail = m =>
        {
            attempts.AddOrUpdate(m.EncounterId, 1, (_, n) => n + 1);
            return null;
        };
        var good = Enumerable.Range(0, 60).Select(_ => Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch)).ToArray();
        // Its note refers to nothing that exists: the whole group's statement fails at the commit.
        var bad = Sample.Recorded(Guid.Empty, DateTimeOffset.UnixEpoch);
        await PublishBeforeAnybodyListens([.. good.Take(30), bad, .. good.Skip(30)], "alter table notes add constraint about_something check (about <> '00000000-0000-0000-0000-000000000000')");
        await using var service = await Start(Both);

        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 60, "the innocent", Cancellation);
        await service.EventuallyAsync("select count(*) from parked", n => n == 1, "the one at fault is parked", Cancellation);
        attempts.Where(a => a.Key != Guid.Empty).Max(a => a.Value).ShouldBeLessThanOrEqualTo(2, "an innocent message runs again once, by itself");
        (await service.ScalarAsync<string>("select error_type from parked", Cancellation)).ShouldBe(nameof(PostgresException));
    }

    [Fact]
    public async Task A_saga_whose_row_does_not_fit_is_found_and_its_message_is_parked_alone()
    {
        var good = Enumerable.Range(0, 60).Select(_ => Sample.Opened()).ToArray();
        var bad = Sample.Opened();
        await PublishBeforeAnybodyListens([.. good.Take(30), bad, .. good.Skip(30)], $"alter table errands add constraint fits check (correlation_id <> '{bad.HandoffId}')");
        await using var service = await Start(Both);

        await service.EventuallyAsync("select count(*) from errands where seen = 1", n => n == 60, "the innocent", Cancellation);
        await service.EventuallyAsync("select count(*) from parked", n => n == 1, "the one at fault is parked", Cancellation);
        (await service.ScalarAsync<string>("select error_type || ' ' || ordering_key from parked", Cancellation)).ShouldBe($"{nameof(PostgresException)} {bad.EncounterId}");
        (await service.ScalarAsync<long>("select count(*) from notes where text = 'opened'", Cancellation)).ShouldBe(60);
    }

    [Fact]
    public async Task Copies_of_a_message_in_one_group_have_one_effect()
    {
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        var opened = Sample.Opened();
        await using (var sender = await Start(_ => { }))
        {
            var unit = new UnitOfWork();
            for (var i = 0; i < 20; i++)
            {
                unit.Publish(recorded, recorded.EncounterId);
                unit.Publish(opened, opened.HandoffId);
            }
            await sender.Store.CommitAsync(unit, Cancellation);
            await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "everything is on the broker", Cancellation);
        }
        await using var service = await Start(Both);

        await service.EventuallyAsync($"select count(*) from notes where about = '{recorded.EncounterId}'", n => n == 1, "the consumer's note", Cancellation);
        await Broker.EmptyAsync(TheBroker, "intake-timeline", Cancellation);
        await Broker.EmptyAsync(TheBroker, "county-routing-handoff", Cancellation);
        (await service.ScalarAsync<long>($"select count(*) from notes where about = '{recorded.EncounterId}'", Cancellation)).ShouldBe(1);
        (await service.ScalarAsync<long>("select seen from errands", Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task Messages_for_one_saga_that_arrive_together_are_all_applied()
    {
        var opened = Sample.Opened();
        await PublishBeforeAnybodyListens([.. Enumerable.Repeat(opened, 50)]);
        await using var service = await Start(Both);

        await service.EventuallyAsync("select coalesce(max(seen), 0) from errands", n => n == 50, "each message counts once", Cancellation);
    }

    [Fact]
    public async Task While_the_database_is_away_everything_is_held_and_nothing_is_parked()
    {
        await using var service = await Start(Both, ("Messaging:ReleaseAfterSeconds", "1"), ("Messaging:WatchSeconds", "0.2"));
        await Publish(service, Sample.Opened());
        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 1, "it works", Cancellation);
        var recorded = Enumerable.Range(0, 100).Select(_ => Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch)).ToArray();
        await AdminAsync("alter table inbox rename to inbox_away");
        await Publish(service, recorded);
        // Longer than the handler's own retries would take, and long enough for what is held to go back to the queue and to be fetched again.
        await service.EventuallyAsync("select count(*) from outbox", n => n == 0, "all are on the broker", Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(5), Cancellation);
        (await service.ScalarAsync<long>("select count(*) from parked", Cancellation)).ShouldBe(0);

        await AdminAsync("alter table inbox_away rename to inbox");

        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 101, "all are handled when it is back", Cancellation);
        (await service.ScalarAsync<long>("select count(*) from parked", Cancellation)).ShouldBe(0);
    }
}
