using RabbitMQ.Client;
using SafeHarbor.Contracts;

namespace SafeHarbor.Chaos.Faults;

/// <summary>
/// What is published for some seconds comes again, twice and in a shuffled order, straight to the queues of its subscribers, with every
/// property and header it had.
/// </summary>
internal sealed class MessagesRepeated(string broker, int seed) : Fault
{
    private sealed record Tapped(string Type, BasicProperties Properties, byte[] Body);

    private IConnection? _connection;
    private IChannel? _channel;
    private string _tap = "";
    private int _sent;

    public override TimeSpan Lasts => TimeSpan.FromSeconds(5);

    public override async Task InjectAsync(CancellationToken cancellation)
    {
        _connection = await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(cancellation);
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        _tap = (await _channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation)).QueueName;
        foreach (var message in Subscriptions.All.SelectMany(subscription => subscription.Messages).Distinct())
            await _channel.QueueBindAsync(_tap, "safeharbor." + WireNameAttribute.Of(message), "", cancellationToken: cancellation);
    }

    public override async Task HealAsync(CancellationToken cancellation)
    {
        var seen = new List<Tapped>();
        while (await _channel!.BasicGetAsync(_tap, autoAck: true, cancellation) is { } delivery)
            seen.Add(new(delivery.BasicProperties.Type ?? "", new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray()));
        var again = (from message in seen
                     from subscription in Subscriptions.All
                     where subscription.Messages.Any(type => WireNameAttribute.Of(type) == message.Type)
                     from copy in Enumerable.Range(0, 2)
                     select (message, subscription.Queue)).ToArray();
        new Random(seed).Shuffle(again);
        foreach (var (message, queue) in again)
            await _channel.BasicPublishAsync("", queue, mandatory: true, message.Properties, message.Body, cancellation);
        _sent = again.Length;
        await _channel.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    public override string Remark => $"; {_sent} copies were sent";

    public override string ToString() => "messages repeated in a shuffled order";
}
