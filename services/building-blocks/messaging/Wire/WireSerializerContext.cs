using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Wire;

/// <summary>A received body: it is a <c>T</c> when the delivery's wire name is that of <c>T</c>.</summary>
internal sealed class WireSerializerContext(string? wireName, MessageBody body, Headers headers, Uri? destination)
    : BaseSerializerContext(SystemTextJsonMessageSerializer.Instance, new RawMessageContext(headers, destination, RawSerializerOptions.CopyHeaders), [wireName ?? ""])
{
    public override bool IsSupportedMessageType<T>() => IsSupportedMessageType(typeof(T));

    public override bool IsSupportedMessageType(Type messageType) => wireName is not null && WireNameAttribute.Find(messageType) == wireName;

    public override bool TryGetMessage<T>([NotNullWhen(true)] out T? message) where T : class
    {
        message = IsSupportedMessageType<T>() ? JsonSerializer.Deserialize<T>(body.GetBytes(), WireFormat.Json) : null;
        return message is not null;
    }

    public override bool TryGetMessage(Type messageType, [NotNullWhen(true)] out object? message)
    {
        message = IsSupportedMessageType(messageType) ? JsonSerializer.Deserialize(body.GetBytes(), messageType, WireFormat.Json) : null;
        return message is not null;
    }

    // Used when MassTransit forwards or answers a message by itself, which nothing here lets it do.
    public override IMessageSerializer GetMessageSerializer() => throw Unused();
    public override IMessageSerializer GetMessageSerializer<T>(MessageEnvelope envelope, T message) => throw Unused();
    public override IMessageSerializer GetMessageSerializer(object message, string[] messageTypes) => throw Unused();
    public override Dictionary<string, object> ToDictionary<T>(T? message) where T : class => throw Unused();

    private static NotSupportedException Unused() => new("Messages leave through the outbox only.");
}
