using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Supervision;

namespace SafeHarbor.Messaging.Tests;

/// <summary>What keeps a service well over days and faults: days of the inbox, lanes among instances, receipt that died.</summary>
public sealed class UpkeepTests : MessagingTest
{
    [Fact]
    public async Task The_inbox_is_divided_by_days_and_days_past_keeping_are_dropped_while_what_is_parked_stays()
    {
        await using var service = await Start(Both);
        await service.ScalarAsync<string>("select keep_inbox(100, 7)::text", Cancellation);
        await service.ScalarAsync<int>("""
            do $$ begin
                execute format('create table inbox_%s partition of inbox for values from (%L) to (%L)', to_char(now() - interval '40 days', 'YYYYMMDD'), now()::date - 40, now()::date - 39);
                insert into inbox select now()::date - 40, gen_random_uuid(), 'old' from generate_series(1, 100);
                insert into parked (message_id, destination, type, body, ordering_key, sent_at, source, error_type, error, parked_at)
                values (gen_random_uuid(), 'queue:q', 'old', '', gen_random_uuid(), now(), 'HANDLER', 'old', 'old', now() - interval '400 days'); end $$; select 1
            """, Cancellation);

        await service.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().RunAsync(Cancellation);

        (await service.ScalarAsync<long>("select count(*) from inbox where consumer = 'old'", Cancellation)).ShouldBe(0);
        (await service.ScalarAsync<long>("select count(*) from pg_inherits where inhparent = 'inbox'::regclass", Cancellation)).ShouldBe(10, "yesterday, today, seven days to come, and the rest");
        (await service.ScalarAsync<long>("select count(*) from parked where state = 'PARKED' and parked_at < now() - interval '399 days'", Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_of_a_message_is_recognized_on_another_day_than_its_own()
    {
        await using var service = await Start(Both);
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        foreach (var _ in Enumerable.Range(0, 2))
            await service.ScalarAsync<int>($$"""
                with sent as (insert into outbox (message_id, ordering_key, destination, type, body, sent_at)
                values ('{{recorded.EncounterId}}', '{{recorded.EncounterId}}', 'queue:intake-timeline', 'telephone-report.recorded.v1',
                    '{"encounterId":"{{recorded.EncounterId}}","at":"2026-11-01T00:00:00Z","calledAt":"2026-11-01T00:00:00Z"}', now() - interval '3 days') returning 1)
                select 1 from sent
                """, Cancellation);
        var last = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        await Publish(service, last);

        await service.EventuallyAsync($"select count(*) from notes where about = '{last.EncounterId}'", n => n == 1, "the last message", Cancellation);
        await Broker.EmptyAsync(TheBroker, "intake-timeline", Cancellation);
        (await service.ScalarAsync<long>($"select count(*) from notes where about = '{recorded.EncounterId}'", Cancellation)).ShouldBe(1);
        (await service.ScalarAsync<long>("select count(*) from inbox where sent_on = (now() at time zone 'utc')::date - 3", Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task Instances_share_the_lanes_and_take_over_those_of_one_that_ends()
    {
        await using var one = await Start(_ => { });
        await using (await Start(_ => { }))
        {
            await one.EventuallyAsync(Lanes.OfTheFewest, n => n == 8, "each relays half of the lanes", Cancellation);
            await Publish(one, [.. Enumerable.Range(0, 200).Select(_ => Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch))]);
            await one.EventuallyAsync("select count(*) from outbox", n => n == 0, "both of them together send everything", Cancellation);
        }
        await one.EventuallyAsync(Lanes.OfTheFewest, n => n == 16, "the other takes over", Cancellation);
        await Publish(one, [.. Enumerable.Range(0, 200).Select(_ => Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch))]);
        await one.EventuallyAsync("select count(*) from outbox", n => n == 0, "and sends everything", Cancellation);
    }

    [Fact]
    public async Task Receipt_that_has_lost_its_consumer_starts_anew()
    {
        await using var service = await Start(Both, ("Messaging:WatchSeconds", "0.2"));
        await Publish(service, Sample.Opened());
        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 1, "it works", Cancellation);
        // As a fault would: stopped, and nobody knows.
        var endpoint = service.Services.GetRequiredService<WatchState>().Endpoints.Single(e => e.Queue == "intake-timeline");
        await endpoint.StopSilentlyAsync(Cancellation);

        await Publish(service, Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));

        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 2, "the watch starts it again", Cancellation);
    }

    [Fact]
    public async Task A_queue_that_somebody_deleted_is_there_again()
    {
        await using var service = await Start(Both, ("Messaging:WatchSeconds", "0.2"));
        await Publish(service, Sample.Opened());
        await service.EventuallyAsync("select count(*) from notes where text = 'recorded'", n => n == 1, "it works", Cancellation);
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueueDeleteAsync("intake-timeline", cancellationToken: Cancellation);

        // Nothing but that queue is bound to it: the broker returns what is sent meanwhile.
        await Publish(service, new MessageParked { EncounterId = Guid.NewGuid(), At = DateTimeOffset.UnixEpoch, MessageId = Guid.NewGuid(), MessageType = "nothing.v1", Destination = "queue:nowhere", Error = "None" });

        await service.EventuallyAsync("select count(*) from notes where text like 'parked: %'", n => n == 1, "the message arrives", Cancellation, seconds: 60);
    }
}
