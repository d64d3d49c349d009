using RabbitMQ.Client;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>The relay's own connection to the broker, with publisher confirms. Once opened, everything that anybody subscribes to exists.</summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly bool _isSandbox;
    private volatile string? _blocked;

    private BrokerLink(IConnection connection, IChannel channel, bool isSandbox)
    {
        (_connection, _channel, _isSandbox) = (connection, channel, isSandbox);
        connection.ConnectionBlockedAsync += (_, alarm) => Task.FromResult(_blocked = alarm.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => Task.FromResult(_blocked = null);
    }

    public bool IsOpen => _channel.IsOpen;

    /// <summary>Why the broker takes no messages (an alarm: memory, disk); null when it does.</summary>
    public string? Blocked => _blocked;

    public static async Task<BrokerLink> OpenAsync(RelaySettings settings, CancellationToken cancellation)
    {
        var connection = await BrokerSettings.Factory(settings.Broker, settings.Authority, $"{settings.Node?.Service ?? settings.Service} relay").CreateConnectionAsync(cancellation);
        try
        {
            // A burst bounds what is unconfirmed; the client's own limit would slow it down.
            var channel = await connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null),
                cancellation);
            await Topology.EnsureAsync(channel, settings.Service, cancellation, settings.Node, settings.BindsLater);
            return new BrokerLink(connection, channel, settings.IsSandbox);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the broker has the message on its queues; throws <c>PublishException</c> when it refuses it or no queue is bound.</summary>
    public async Task SendAsync(OutboxRow row, CancellationToken cancellation)
    {
        var headers = new Dictionary<string, object?>();
        if (row.TraceParent is { } trace)
            headers["MT-Activity-Id"] = trace;
        if (row.TimerToken is { } token)
            headers["MT-Scheduling-TokenId"] = token.ToString("D");
        if (_isSandbox)
            SandboxMark.Put(headers);
        var properties = new BasicProperties
        {
            MessageId = row.MessageId.ToString("D"),
            Type = row.Type,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new AmqpTimestamp(row.SentAt.ToUnixTimeSeconds()),
            Headers = headers,
        };
        await _channel.BasicPublishAsync(Destination.Parse(row.Destination).Exchange, row.RoutingKey ?? "", mandatory: true, properties, row.Body, cancellation);
    }

    /// <summary>A channel for other things than sending; what goes wrong on it does not disturb the relay.</summary>
    public Task<IChannel> OpenChannelAsync(CancellationToken cancellation) => _connection.CreateChannelAsync(cancellationToken: cancellation);

    public async ValueTask DisposeAsync()
    {
        // An orderly end would wait for the answers of a peer that may be dead.
        await _connection.AbortAsync(TimeSpan.FromSeconds(1));
        await _connection.DisposeAsync();
    }
}
