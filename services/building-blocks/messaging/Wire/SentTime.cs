using MassTransit;

namespace SafeHarbor.Messaging.Wire;

/// <summary>The day of a message, the same for all of its copies.</summary>
internal static class SentTime
{
    private static readonly DateOnly FirstDay = new(1970, 1, 1);

    /// <summary>
    /// From the AMQP timestamp, which the relay sets; else from the id when that holds a time (UUID version 7, RFC 9562); else the first day of all.
    /// </summary>
    public static DateOnly Of(ReceiveContext context, Guid messageId)
    {
        if (context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) && delivery.Properties.IsTimestampPresent())
            return Day(delivery.Properties.Timestamp.UnixTime * 1000);
        return messageId.Version == 7 ? Day(Milliseconds(messageId)) : FirstDay;
    }

    private static DateOnly Day(long milliseconds) =>
        milliseconds is >= 0 and < 253_402_300_800_000 ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime) : FirstDay;

    private static long Milliseconds(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }
}
