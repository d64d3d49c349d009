using RabbitMQ.Client;
using SafeHarbor.Contracts;

namespace SafeHarbor.Chaos.Faults;

/// <summary>
/// What is published for some seconds comes again, twice and in a shuffled order, straight to the queues of its subscribers, with every
/// property and header it had. From one of the queues the originals are kept until then, so that there first and last change places too.
/// </summary>
internal sealed class MessagesRepeated(string broker, Subscription late, int seed) : Fault
{
    private sealed record Tapped(string Type, BasicProperties Properties, byte[] Body);

    private readonly string _tap = $"chaos-tap-{seed}";
    private int _sent;
    private int _kept;

    public override TimeSpan Lasts => TimeSpan.FromSeconds(5);

    public override async Task InjectAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        // Durable and nobody's own: what is kept here outlives this connection.
        await channel.QueueDeclareAsync(_tap, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellation);
        foreach (var message in Everything)
            await channel.QueueBindAsync(_tap, ExchangeOf(message), "", cancellationToken: cancellation);
        // Only now: in between a message goes to both, and at no time to neither. An exchange of the queue's name stands before it.
        foreach (var message in late.Messages)
            await channel.ExchangeUnbindAsync(BrokerNames.EntranceOf(late.Queue), ExchangeOf(message), "", cancellationToken: cancellation);
    }

    public override async Task HealAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellation);
        foreach (var message in late.Messages)
            await channel.ExchangeBindAsync(BrokerNames.EntranceOf(late.Queue), ExchangeOf(message), "", cancellationToken: cancellation);
        foreach (var message in Everything)
            await channel.QueueUnbindAsync(_tap, ExchangeOf(message), "", cancellationToken: cancellation);
        var seen = new List<Tapped>();
        while (await channel.BasicGetAsync(_tap, autoAck: false, cancellation) is { } delivery)
            seen.Add(new(delivery.BasicProperties.Type ?? "", new BasicProperties(delivery.BasicProperties), delivery.Body.ToArray()));
        var again = (from message in seen
                     from subscription in Subscriptions.All
                     where subscription.Messages.Any(type => WireNameAttribute.Of(type) == message.Type)
                     from copy in Enumerable.Range(0, subscription == late ? 3 : 2)
                     select (message, subscription.Queue)).ToArray();
        new Random(seed).Shuffle(again);
        foreach (var (message, queue) in again)
            await channel.BasicPublishAsync("", queue, mandatory: true, message.Properties, message.Body, cancellation);
        // All of it is confirmed; before, it was still in the tap.
        await channel.QueueDeleteAsync(_tap, cancellationToken: cancellation);
        _kept = seen.Count(message => late.Messages.Any(type => WireNameAttribute.Of(type) == message.Type));
        _sent = again.Length - _kept;
    }

    public override string Remark => $"; {_sent} copies and {_kept} kept originals were sent";

    public override string ToString() => $"messages repeated in a shuffled order, at {late.Queue} without the originals before";

    private static IEnumerable<Type> Everything => Subscriptions.All.SelectMany(subscription => subscription.Messages).Distinct();

    private static string ExchangeOf(Type message) => "safeharbor." + WireNameAttribute.Of(message);

    private Task<IConnection> ConnectAsync(CancellationToken cancellation) => new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync(cancellation);
}
