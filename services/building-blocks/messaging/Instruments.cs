using System.Diagnostics.Metrics;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging;

/// <summary>
/// Meter and instruments of messaging: names and attributes as in OpenTelemetry's semantic conventions for messaging where those have one, under
/// <c>safeharbor.messaging</c> where they have none. Durations are in seconds.
/// </summary>
internal static class Instruments
{
    public const string MeterName = "SafeHarbor.Messaging";

    /// <summary>The attribute that every instrument of the conventions carries.</summary>
    public static readonly KeyValuePair<string, object?> System = new("messaging.system", "rabbitmq");

    public static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Duplicates =
        Meter.CreateCounter<long>("safeharbor.messaging.inbox.duplicates", "{message}", "Messages that had been dealt with before and changed nothing.");

    public static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that the broker has confirmed.");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("safeharbor.messaging.relay.refused", "{message}", "Attempts at a message that the broker did not take.");

    public static readonly Histogram<double> RelayLag =
        Meter.CreateHistogram<double>("safeharbor.messaging.relay.lag", "s", "From the writing of a message to the broker's confirmation.");

    private static readonly Counter<long> Consumed =
        Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages whose effects have committed.");

    private static readonly Histogram<double> Process =
        Meter.CreateHistogram<double>("messaging.process.duration", "s", "From the receipt of a message to the commit of its effects.");

    public static readonly Histogram<int> GroupSize =
        Meter.CreateHistogram<int>("safeharbor.messaging.group.size", "{message}", "Messages that shared a transaction.");

    public static readonly Histogram<double> TimerLateness =
        Meter.CreateHistogram<double>("safeharbor.messaging.timer.lateness", "s", "From a timer's due time to its move to the outbox.");

    private static readonly Histogram<double> TimeInState =
        Meter.CreateHistogram<double>("safeharbor.messaging.saga.time_in_state", "s", "How long a saga was in the state that it has left.");

    public static readonly Counter<long> Parked =
        Meter.CreateCounter<long>("safeharbor.messaging.parked.added", "{message}", "Messages that were set aside.");

    /// <summary>A message has been dealt with at a queue.</summary>
    public static void Handled(string queue, Outcome outcome, TimeSpan duration)
    {
        if (outcome == Outcome.Duplicate)
            Duplicates.Add(1, System, Queue(queue));
        else
            Consumed.Add(1, System, Queue(queue));
        Process.Record(duration.TotalSeconds, System, Queue(queue));
    }

    /// <summary>A saga has left a state, if there is one.</summary>
    public static void LeftState(Type saga, string? state, TimeSpan after)
    {
        if (state is not null)
            TimeInState.Record(after.TotalSeconds, new("safeharbor.saga", saga.Name), new("safeharbor.saga.state", state));
    }

    /// <summary>The queue or exchange that a measurement is about.</summary>
    public static KeyValuePair<string, object?> Queue(string name) => new("messaging.destination.name", name);
}
