using System.Text.Json;
using Npgsql;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Durable timers: in time among many and under load, once after an outage.</summary>
[Collection(Alone.Name)]
public sealed class TimerTests : MessagingTest
{
    [Fact]
    public async Task Among_a_million_timers_one_fires_in_time_and_the_others_cost_nothing()
    {
        Told.AlarmAfter = TimeSpan.FromMilliseconds(1500);
        await using var service = await Start(Both);
        await service.ScalarAsync<int>("""
            with many as (insert into timers (token, due_at, ordering_key, destination, type, body)
            select gen_random_uuid(), now() + interval '1 day' * random() * 30 + interval '1 hour', gen_random_uuid(), 'queue:county-routing-handoff', 'test-errand.rang.v1', '{}'
            from generate_series(1, 1000000) returning 1) select count(*) from many
            """, Cancellation);

        await Publish(service, Sample.Opened());

        await service.EventuallyAsync("select count(*) from errands where current_state = 'LATE'", n => n == 1, "it fires", Cancellation);
        (await service.ScalarAsync<long>("select count(*) from timers", Cancellation)).ShouldBe(1_000_000);
        // As the clock runs them, with ten due timers that nobody else sees. A table of this size has some 20,000 pages.
        await using var connection = await service.Store.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var due = new NpgsqlCommand("""
            insert into timers (token, due_at, ordering_key, destination, type, body)
            select gen_random_uuid(), now() - interval '1 second', gen_random_uuid(), 'queue:none', 'test-errand.rang.v1', '{}' from generate_series(1, 10)
            """, connection);
        await due.ExecuteNonQueryAsync(Cancellation);
        (await PagesAsync(connection, Timers.FireDue, rows: 10)).ShouldBeLessThan(1000);
        (await PagesAsync(connection, Timers.NextDue, rows: 1)).ShouldBeLessThan(50);
    }

    [Fact]
    public async Task Timers_that_are_due_while_messages_stream_fire_within_a_second_of_their_time()
    {
        const int timers = 200;
        await using var service = await Start(Both);
        using var lateness = new Measured(Instruments.TimerLateness);
        var unit = new UnitOfWork();
        foreach (var i in Enumerable.Range(0, timers))
            unit.StartTimer("intake-timeline", TimeSpan.FromMilliseconds(200 + 10 * i), Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
        await service.Store.CommitAsync(unit, Cancellation);

        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 100 && await pace.WaitForNextTickAsync(Cancellation); i++)
            await Publish(service, [.. Enumerable.Range(0, 20).Select(_ => Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch))]);

        await service.EventuallyAsync("select count(*) from notes", n => n == timers + 2000, "all have their effect", Cancellation, seconds: 60);
        // Durations are not asserted elsewhere, but this one is promised: deadlines of a report hang on it. What a busy machine delays is left out.
        var sorted = lateness.Sorted;
        sorted.Length.ShouldBe(timers);
        sorted[timers * 95 / 100].ShouldBeLessThanOrEqualTo(1.0);
    }

    [Fact]
    public async Task A_timer_that_became_due_while_nobody_ran_fires_once_when_two_come_up()
    {
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        await using (var alone = await Start(_ => { }))
        {
            var unit = new UnitOfWork();
            unit.StartTimer("intake-timeline", TimeSpan.FromSeconds(3), recorded);
            await alone.Store.CommitAsync(unit, Cancellation);
        }
        await AdminAsync("select pg_sleep_until(due_at + interval '100 milliseconds') from timers");

        var services = await Task.WhenAll(Start(Both), Start(Both));
        await using var one = services[0];
        await using var two = services[1];

        await one.EventuallyAsync("select count(*) from notes", n => n == 1, "it fires", Cancellation);
        await one.EventuallyAsync("select (select count(*) from outbox) + (select count(*) from timers)", n => n == 0, "nothing is left to fire", Cancellation);
        await Broker.EmptyAsync(TheBroker, "intake-timeline", Cancellation);
        (await one.ScalarAsync<long>("select count(*) from notes", Cancellation)).ShouldBe(1);
    }

    /// <summary>How many pages a statement touches, those of its parts counted again.</summary>
    private static async Task<long> PagesAsync(NpgsqlConnection connection, string sql, int rows)
    {
        await using var explain = new NpgsqlCommand($"explain (analyze, buffers, format json) {sql}", connection);
        var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(Cancellation))!).RootElement[0].GetProperty("Plan");
        plan.GetProperty("Actual Rows").GetDouble().ShouldBe(rows);
        return PagesOf(plan);
    }

    private static long PagesOf(JsonElement node) =>
        node.GetProperty("Shared Hit Blocks").GetInt64() + node.GetProperty("Shared Read Blocks").GetInt64()
            + (node.TryGetProperty("Plans", out var parts) ? parts.EnumerateArray().Sum(PagesOf) : 0);
}
