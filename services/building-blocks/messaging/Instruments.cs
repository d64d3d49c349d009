using System.Diagnostics.Metrics;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging;

/// <summary>
/// Meter and instruments of messaging: names and attributes as in OpenTelemetry's semantic conventions for messaging where those have one, under
/// <c>safeharbor.messaging</c> where they have none. Durations are in seconds.
/// </summary>
internal static class Instruments
{
    public const string MeterName = "SafeHarbor.Messaging";

    /// <summary>The attribute that every instrument carries.</summary>
    public static readonly KeyValuePair<string, object?> System = new("messaging.system", "rabbitmq");

    // The conventions require it of every instrument of theirs.
    private static readonly KeyValuePair<string, object?> Sending = new("messaging.operation.name", "send");
    private static readonly KeyValuePair<string, object?> Processing = new("messaging.operation.name", "process");

    public static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Duplicates =
        Meter.CreateCounter<long>("safeharbor.messaging.inbox.duplicates", "{message}", "Messages that had been dealt with before and changed nothing.");

    private static readonly Counter<long> Sent =
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
    public static void Handled(string queue, CommitOutcome outcome, TimeSpan duration)
    {
        if (outcome == CommitOutcome.Duplicate)
            Duplicates.Add(1, System, Queue(queue));
        else
            Consumed.Add(1, System, Processing, Queue(queue));
        Process.Record(duration.TotalSeconds, System, Processing, Queue(queue));
    }

    /// <summary>Whether anybody wants to know what <see cref="Delivered"/> tells.</summary>
    public static bool CountsDeliveries => Sent.Enabled || RelayLag.Enabled;

    /// <summary>The broker has confirmed a message.</summary>
    /// <param name="destination">As the outbox writes it.</param>
    /// <param name="lag">Since it was written.</param>
    public static void Delivered(string destination, TimeSpan lag)
    {
        var to = To(destination);
        Sent.Add(1, System, Sending, to);
        RelayLag.Record(Math.Max(0, lag.TotalSeconds), System, to);
    }

    /// <summary>A saga has left a state, if there is one.</summary>
    public static void LeftState(Type saga, string? state, TimeSpan after)
    {
        if (state is not null)
            TimeInState.Record(after.TotalSeconds, System, new("safeharbor.saga", saga.Name), new("safeharbor.saga.state", StateWord.Of(state)));
    }

    /// <summary>The queue or exchange that a measurement is about.</summary>
    public static KeyValuePair<string, object?> Queue(string name) => new("messaging.destination.name", name);

    /// <summary>The same of a destination as the outbox writes it.</summary>
    public static KeyValuePair<string, object?> To(string destination) => Queue(destination[(destination.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}
