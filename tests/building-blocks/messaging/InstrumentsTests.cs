using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SafeHarbor.Messaging.Tests;

/// <summary>What is measured, as dashboards and alarms find it: names, units and the attributes that OpenTelemetry's conventions for messaging require.</summary>
[Collection(Alone.Name)]
public sealed class InstrumentsTests : MessagingTest
{
    private readonly ConcurrentQueue<Measured> _measured = [];

    [Fact]
    public async Task Measurements_have_the_names_units_and_attributes_that_the_conventions_require()
    {
        using var listener = Listen();
        var (twice, poison) = (Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch), Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch));
        Told.AlarmAfter = TimeSpan.FromMilliseconds(1);
        Told.Fail = r => r.EncounterId == poison.EncounterId ? new InvalidOperationException("a mistake in the code") : null;
        await using var service = await Start(Both, ("Messaging:WatchSeconds", "0.2"));

        await Publish(service, poison);
        await Publish(service, Sample.Opened());
        await TwiceAsync(service, twice.EncounterId);

        await service.EventuallyAsync("select count(*) from errands where current_state = 'LATE'", n => n == 1, "the timer fires", Cancellation);
        await Eventually("safeharbor.messaging.inbox.duplicates", "{message}", to: "intake-timeline");
        await Eventually("safeharbor.messaging.parked.added", "{message}", to: "intake-timeline");
        await Eventually("safeharbor.messaging.timer.lateness", "s");
        await Eventually("safeharbor.messaging.saga.time_in_state", "s");
        await Eventually("safeharbor.messaging.relay.lag", "s", to: "safeharbor.handoff.opened.v1");
        await Eventually("messaging.client.sent.messages", "{message}", "send", to: "safeharbor.handoff.opened.v1");
        await Eventually("messaging.client.sent.messages", "{message}", "send", to: "county-routing-handoff");
        await Eventually("messaging.client.consumed.messages", "{message}", "process", to: "county-routing-handoff");
        await Eventually("messaging.process.duration", "s", "process", to: "intake-timeline");
        await Eventually("safeharbor.messaging.parked", "{message}");
        await Eventually("safeharbor.messaging.outbox.oldest", "s");
        await Eventually("safeharbor.messaging.broker.blocked", "1");
        await Eventually("safeharbor.messaging.queue.messages", "{message}", to: "intake-timeline");
        await Eventually("safeharbor.messaging.queue.consumers", "{consumer}", to: "county-routing-handoff");

        async Task Eventually(string name, string unit, string? operation = null, string? to = null)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            var wanted = new Measured(name, unit, "rabbitmq", operation, to);
            while (!_measured.Contains(wanted))
            {
                limit.IsCancellationRequested.ShouldBeFalse($"not measured: {wanted}; but {string.Join(", ", _measured.Where(m => m.Name == name).Distinct())}");
                listener.RecordObservableInstruments();
                await Task.Delay(20, Cancellation);
            }
        }
    }

    [Fact]
    public async Task How_long_a_saga_was_in_its_states_is_not_measured_of_one_that_does_not_count()
    {
        using var listener = Listen();
        Told.AlarmAfter = TimeSpan.FromMilliseconds(1);
        await using var service = await Start(Both);

        foreach (var (handoff, late) in new[] { (Errand.Practice, 1), (Guid.NewGuid(), 2) })
        {
            await Publish(service, Sample.Opened(handoff));
            await service.EventuallyAsync("select count(*) from errands where current_state = 'LATE'", n => n == late, "the timer fires", Cancellation);
        }

        int Measurements() => _measured.Count(m => m.Name == "safeharbor.messaging.saga.time_in_state");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        // The other one's would have come before.
        while (Measurements() == 0)
            await Task.Delay(20, limit.Token);
        Measurements().ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_the_broker_refuses_has_no_lag_and_is_not_counted_as_sent()
    {
        using var listener = Listen();
        await using var service = await Start(Both, ("Messaging:SendAttempts", "1"));
        await service.ScalarAsync<long>("""
            with refused as (insert into outbox (message_id, ordering_key, destination, type, body)
            values (gen_random_uuid(), gen_random_uuid(), 'queue:no-such-queue', 'no-such.kind.v1', '{}') returning 1) select count(*) from refused
            """, Cancellation);
        await service.EventuallyAsync("select count(*) from parked where source = 'RELAY'", n => n == 1, "it is refused", Cancellation);

        var after = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        await Publish(service, after);
        await service.EventuallyAsync($"select count(*) from notes where about = '{after.EncounterId}'", n => n == 1, "a later one is sent", Cancellation);

        _measured.Where(m => m.To == "no-such-queue").Select(m => m.Name).Distinct().ShouldBe(["safeharbor.messaging.relay.refused", "safeharbor.messaging.parked.added"]);
    }

    private static async Task TwiceAsync(TestService service, Guid encounter)
    {
        foreach (var _ in Enumerable.Range(0, 2))
            await service.ScalarAsync<int>($$"""
                with sent as (insert into outbox (message_id, ordering_key, destination, type, body)
                values ('{{encounter}}', '{{encounter}}', 'queue:intake-timeline', 'telephone-report.recorded.v1',
                    '{"encounterId":"{{encounter}}","at":"2026-11-01T00:00:00Z","calledAt":"2026-11-01T00:00:00Z"}') returning 1)
                select 1 from sent
                """, Cancellation);
    }

    private MeterListener Listen()
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, to) => { if (instrument.Meter.Name == Instruments.MeterName) to.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
        listener.Start();
        return listener;
    }

    private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var of = new Dictionary<string, object?>(tags.ToArray());
        _measured.Enqueue(new(instrument.Name, instrument.Unit, Tag("messaging.system"), Tag("messaging.operation.name"), Tag("messaging.destination.name")));
        string? Tag(string name) => of.GetValueOrDefault(name) as string;
    }

    private sealed record Measured(string Name, string? Unit, string? System, string? Operation, string? To);
}
