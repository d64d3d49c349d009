using RabbitMQ.Client;
using SafeHarbor.Contracts;

namespace SafeHarbor.Journeys.Tests;

/// <summary>A message as it passed over the bus.</summary>
internal sealed record Tapped(string Exchange, string Type, BasicProperties Properties, byte[] Body);

/// <summary>Listens to every exchange of the system, and can say everything again.</summary>
internal sealed class Tap : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;

    private Tap(IConnection connection, IChannel channel, string queue) => (_connection, _channel, _queue) = (connection, channel, queue);

    public static async Task<Tap> OpenAsync(string broker, CancellationToken cancellation)
    {
        var connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(cancellation);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = (await channel.QueueDeclareAsync($"tap-{Guid.NewGuid():N}", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation)).QueueName;
        foreach (var message in Subscriptions.All.SelectMany(s => s.Messages).Distinct())
            await channel.QueueBindAsync(queue, "safeharbor." + WireNameAttribute.Of(message), "", cancellationToken: cancellation);
        return new Tap(connection, channel, queue);
    }

    public async Task<IReadOnlyList<Tapped>> DrainAsync(CancellationToken cancellation)
    {
        var messages = new List<Tapped>();
        while (await _channel.BasicGetAsync(_queue, autoAck: true, cancellation) is { } delivery)
            messages.Add(new(delivery.Exchange, delivery.BasicProperties.Type ?? "", new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray()));
        return messages;
    }

    public ValueTask RepeatAsync(Tapped message, CancellationToken cancellation) =>
        _channel.BasicPublishAsync(message.Exchange, "", mandatory: true, message.Properties, message.Body, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
