using System.Net.Security;
using RabbitMQ.Client;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>The relay's own connection to the broker, with publisher confirms. Once opened, everything that anybody subscribes to exists.</summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private BrokerLink(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public bool IsOpen => _channel.IsOpen;

    public static async Task<BrokerLink> OpenAsync(Uri broker, string name, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory
        {
            Uri = broker,
            ClientProvidedName = name,
            // The relay opens a new link itself, and declares everything again.
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = BrokerSettings.Heartbeat,
            ContinuationTimeout = BrokerSettings.ContinuationTimeout,
        };
        factory.Ssl.AcceptablePolicyErrors = SslPolicyErrors.None;
        var connection = await factory.CreateConnectionAsync(cancellation);
        try
        {
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
            await Topology.DeclareAsync(channel, cancellation);
            return new BrokerLink(connection, channel);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the broker has the message on its queues; throws <c>PublishException</c> when it refuses it or no queue is bound.</summary>
    public ValueTask SendAsync(OutboxRow row, CancellationToken cancellation)
    {
        var headers = new Dictionary<string, object?>();
        if (row.TraceParent is { } trace)
            headers["MT-Activity-Id"] = trace;
        if (row.TimerToken is { } token)
            headers["MT-Scheduling-TokenId"] = token.ToString("D");
        var properties = new BasicProperties
        {
            MessageId = row.MessageId.ToString("D"),
            Type = row.Type,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers,
        };
        var to = Destination.Parse(row.Destination);
        return _channel.BasicPublishAsync(to.Exchange, to.RoutingKey, mandatory: true, properties, row.Body, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
