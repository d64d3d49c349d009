using RabbitMQ.Client;
using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Wire;

/// <summary>
/// Exchanges, queues and bindings of the whole system. Whoever connects first declares all of them, so that a message published before its
/// subscriber has ever run waits in the subscriber's queue. Declaring again changes nothing.
/// </summary>
public static class Topology
{
    /// <summary>Holds what a service's queues gave up after <see cref="DeliveryLimit"/> broken deliveries, until the service parks it.</summary>
    public static string DeadLetterQueueOf(string service) => $"{service}-dead-letter";

    /// <summary>How many deliveries of a message may end with a dead consumer before it is set aside.</summary>
    public const int DeliveryLimit = 50;

    /// <summary>Arguments of every subscriber's queue: replicated, and nothing is dropped when a message keeps killing its consumer.</summary>
    public static IReadOnlyDictionary<string, object?> QueueArguments(string service) => new Dictionary<string, object?>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = DeadLetterQueueOf(service),
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    /// <summary>Declares everything in <see cref="Subscriptions.All"/>.</summary>
    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var service in Subscriptions.All.Select(s => s.Service).Distinct())
            await channel.QueueDeclareAsync(DeadLetterQueueOf(service), durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        foreach (var subscription in Subscriptions.All)
        {
            await channel.ExchangeDeclareAsync(subscription.Queue, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
            await channel.QueueDeclareAsync(subscription.Queue, durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?>(QueueArguments(subscription.Service)), cancellationToken: cancellation);
            await channel.QueueBindAsync(subscription.Queue, subscription.Queue, "", cancellationToken: cancellation);
            foreach (var message in subscription.Messages)
            {
                var exchange = Destination.ExchangeOf(message);
                await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
                await channel.ExchangeBindAsync(subscription.Queue, exchange, "", cancellationToken: cancellation);
            }
        }
    }
}
