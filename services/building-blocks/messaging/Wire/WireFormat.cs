using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Serialization;

namespace SafeHarbor.Messaging.Wire;

/// <summary>
/// How messages look on the broker: the bare message as JSON, its wire name in the AMQP property <c>type</c>, its id in <c>message-id</c>.
/// There is no envelope and no C# type name, so that any AMQP client can read them and a renamed class changes nothing.
/// </summary>
public sealed class WireFormat : ISerializerFactory, IMessageDeserializer
{
    /// <summary>JSON settings of messages and of <c>jsonb</c> columns: camel case, nulls left out. A null where none may be cannot be read.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc cref="ISerializerFactory.ContentType"/>
    public ContentType ContentType { get; } = new("application/json");

    /// <summary>A message as UTF-8 JSON.</summary>
    public static byte[] Serialize<T>(T message) => JsonSerializer.SerializeToUtf8Bytes(message, Json);

    IMessageDeserializer ISerializerFactory.CreateDeserializer() => this;

    // Everything that a service sends goes through its outbox, which serializes by itself; MassTransit only receives.
    IMessageSerializer ISerializerFactory.CreateSerializer() => new SystemTextJsonRawMessageSerializer();

    ConsumeContext IMessageDeserializer.Deserialize(ReceiveContext receiveContext)
    {
        var type = receiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties.Type : null;
        return new BodyConsumeContext(receiveContext,
            new WireSerializerContext(type, receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));
    }

    SerializerContext IMessageDeserializer.Deserialize(MessageBody body, Headers headers, Uri? destinationAddress) =>
        new WireSerializerContext(null, body, headers, destinationAddress);

    MessageBody IMessageDeserializer.GetMessageBody(string text) => new StringMessageBody(text);

    void IProbeSite.Probe(ProbeContext context) => context.CreateScope("safeHarborWireFormat");
}
