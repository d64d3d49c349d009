using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SafeHarbor.Messaging.Supervision;

/// <summary>What a queue held when it was last looked at.</summary>
internal readonly record struct QueueFigures(uint Messages, uint Consumers);

/// <summary>What <see cref="Watch"/> saw last; for health and metrics.</summary>
internal sealed class WatchState
{
    public WatchState()
    {
        Instruments.Meter.CreateObservableGauge("safeharbor.messaging.outbox.oldest", () => Measure(OldestUnsent.TotalSeconds), "s", "Age of the oldest message that has not been sent.");
        Instruments.Meter.CreateObservableGauge("safeharbor.messaging.parked", () => Measure(Parked), "{message}", "Messages that are set aside and wait for an operator.");
        Instruments.Meter.CreateObservableGauge("safeharbor.messaging.broker.blocked", () => Measure(Blocked is null ? 0 : 1), "1", "1 while an alarm keeps the broker from taking messages.");
        Instruments.Meter.CreateObservableGauge("safeharbor.messaging.queue.messages", () => Measure(q => q.Messages), "{message}", "Messages that wait in a queue.");
        Instruments.Meter.CreateObservableGauge("safeharbor.messaging.queue.consumers", () => Measure(q => q.Consumers), "{consumer}", "Consumers of a queue.");
    }

    /// <summary>The service's receive endpoints.</summary>
    public ConcurrentBag<EndpointSwitch> Endpoints { get; } = [];

    public ConcurrentDictionary<string, QueueFigures> Queues { get; } = new();

    public TimeSpan OldestUnsent { get; set; }

    public long Parked { get; set; }

    /// <summary>The broker's alarm.</summary>
    public string? Blocked { get; set; }

    private static Measurement<T> Measure<T>(T value) where T : struct => new(value, Instruments.System);

    private IEnumerable<Measurement<long>> Measure(Func<QueueFigures, uint> figure) =>
        Queues.Select(q => new Measurement<long>(figure(q.Value), Instruments.System, Instruments.Queue(q.Key)));
}
