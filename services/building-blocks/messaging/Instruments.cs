using System.Diagnostics.Metrics;

namespace SafeHarbor.Messaging;

/// <summary>Meter and counters of messaging.</summary>
internal static class Instruments
{
    public const string MeterName = "SafeHarbor.Messaging";

    private static readonly Meter Meter = new(MeterName);

    public static readonly Counter<long> Duplicates =
        Meter.CreateCounter<long>("safeharbor.messaging.inbox.duplicates", "{message}", "Messages that had been dealt with before and changed nothing.");

    public static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages that the broker has confirmed.");

    public static readonly Counter<long> Refused =
        Meter.CreateCounter<long>("safeharbor.messaging.relay.refused", "{message}", "Attempts at a message that the broker did not take.");
}
