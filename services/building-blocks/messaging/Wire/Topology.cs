using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Wire;

/// <summary>
/// Exchanges, queues and bindings of the whole system. <c>migrate</c> declares all of them as the broker's administrator; a service declares its own
/// queues again and, before it sends anything, looks whether the rest is there. So a message that is published before its subscriber has ever run
/// waits in the subscriber's queue. Declaring again changes nothing.
/// </summary>
public static class Topology
{
    /// <summary>How many deliveries of a message may end with a dead consumer before it is set aside.</summary>
    public const int DeliveryLimit = 50;

    /// <summary>Holds what a service's queues gave up after <see cref="DeliveryLimit"/> broken deliveries, until the service parks it.</summary>
    public static string DeadLetterQueueOf(string service) => BrokerNames.DeadLettersOf(service);

    /// <summary>Arguments of every subscriber's queue: replicated, and nothing is dropped when a message keeps killing its consumer.</summary>
    public static IReadOnlyDictionary<string, object?> QueueArguments(string service) => new Dictionary<string, object?>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = DeadLetterQueueOf(service),
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    /// <summary>Declares everything in <see cref="Subscriptions.All"/>; only the broker's administrator may.</summary>
    public static async Task DeclareAsync(IChannel channel, CancellationToken cancellation)
    {
        foreach (var message in Messages)
            await channel.ExchangeDeclareAsync(message, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        foreach (var service in Services.All)
            await DeclareOwnAsync(channel, service, cancellation);
    }

    /// <summary>
    /// Declares a service's own queues and looks whether the rest is there, which needs no rights; until it is, what is missing is the message of an
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    /// <param name="channel">To the broker.</param>
    /// <param name="service">The service.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <param name="node">The node that it is; null when it is none.</param>
    /// <param name="bindsLater">The node binds its organizations' own keys by itself, once it has taken over.</param>
    public static async Task EnsureAsync(IChannel channel, string service, CancellationToken cancellation, Node? node = null, bool bindsLater = false)
    {
        try
        {
            if (node is { HasOwnBroker: true })
            {
                await EnsureLinkedAsync(channel, node, cancellation);
                await DeclareOwnAsync(channel, service, cancellation, node, bindsLater);
                return;
            }
            foreach (var message in Messages)
                await channel.ExchangeDeclarePassiveAsync(message, cancellation);
            await DeclareOwnAsync(channel, service, cancellation, node, bindsLater);
            foreach (var queue in Subscriptions.All.Where(s => node is not null || s.Service != service).SelectMany(s => new[] { DeadLetterQueueOf(s.Service), s.Queue }).Distinct())
            {
                await channel.ExchangeDeclarePassiveAsync(BrokerNames.EntranceOf(queue), cancellation);
                await channel.ExchangeDeclarePassiveAsync(queue, cancellation);
                await channel.QueueDeclarePassiveAsync(queue, cancellation);
            }
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason is { ReplyCode: Constants.NotFound } reason)
        {
            var mend = node is { HasOwnBroker: true } ? "import deploy/rabbitmq/node-at-county.json" : "run a service's 'migrate' with ConnectionStrings__BrokerOwner";
            throw new InvalidOperationException($"The broker lacks what subscribers need, so nothing is sent; {mend} ({reason.ReplyText}).", e);
        }
    }

    /// <summary>At a node's own broker only what the link takes from is looked for; who subscribes is at the state's (deploy/rabbitmq/node-at-county.json).</summary>
    private static async Task EnsureLinkedAsync(IChannel channel, Node node, CancellationToken cancellation)
    {
        foreach (var exchange in Publications.OfNodes.Select(BrokerNames.ExchangeOf).Concat(Queues.Addressed.Select(BrokerNames.EntranceOf)))
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellation);
        await channel.QueueDeclarePassiveAsync(node.Outgoing, cancellation);
    }

    /// <summary>Declares a service's own queues and binds them to the messages that they are for; or a node's, and binds its keys.</summary>
    public static async Task DeclareOwnAsync(IChannel channel, string service, CancellationToken cancellation, Node? node = null, bool bindsLater = false)
    {
        if (node is not null)
        {
            await DeclareNodeAsync(channel, service, node, bindsLater, cancellation);
            return;
        }
        await DeclareQueueAsync(channel, DeadLetterQueueOf(service), new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellation);
        foreach (var subscription in Subscriptions.All.Where(s => s.Service == service))
        {
            await DeclareQueueAsync(channel, subscription.Queue, new Dictionary<string, object?>(QueueArguments(service)), cancellation);
            if (Queues.Addressed.Contains(subscription.Queue))
                await DeclareKeyedAsync(channel, subscription.Queue, cancellation);
            foreach (var message in subscription.Messages)
                await channel.ExchangeBindAsync(BrokerNames.EntranceOf(subscription.Queue), BrokerNames.ExchangeOf(message), "", cancellationToken: cancellation);
        }
    }

    private static IEnumerable<string> Messages => Subscriptions.All.SelectMany(s => s.Messages).Distinct().Select(BrokerNames.ExchangeOf);

    /// <summary>The queues of a node. Its queue itself is bound: when it is deleted its bindings are, and what comes then goes to the statewide system.</summary>
    private static async Task DeclareNodeAsync(IChannel channel, string service, Node node, bool bindsLater, CancellationToken cancellation)
    {
        await DeclareQueueAsync(channel, DeadLetterQueueOf(node.Service), new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellation);
        foreach (var queue in Queues.Addressed.Where(queue => Queues.ServiceOf(queue) == service))
        {
            await DeclareQueueAsync(channel, node.QueueOf(queue), new Dictionary<string, object?>(QueueArguments(node.Service)), cancellation);
            foreach (var key in bindsLater ? node.Keys.Except(node.Organizations.Select(o => o.Text)) : node.Keys)
                await channel.QueueBindAsync(node.QueueOf(queue), BrokerNames.EntranceOf(queue), key, cancellationToken: cancellation);
        }
        foreach (var queue in Queues.OfEveryNode.Where(queue => Queues.ServiceOf(queue) == service))
        {
            await DeclareQueueAsync(channel, node.QueueOf(queue), new Dictionary<string, object?>(QueueArguments(node.Service)), cancellation);
            // At a broker of its own the link brings it.
            foreach (var message in node.HasOwnBroker ? [] : Subscriptions.OfNodes(queue))
                await channel.QueueBindAsync(node.QueueOf(queue), BrokerNames.ExchangeOf(message), "", cancellationToken: cancellation);
        }
    }

    /// <summary>
    /// The entrance of an addressed queue. What nobody has bound goes on to the queue, so that a message goes to exactly one of the two, whenever a
    /// binding comes or goes. A topic exchange, because only of those the broker lets a user bind no other keys than its own.
    /// </summary>
    private static Task DeclareKeyedAsync(IChannel channel, string queue, CancellationToken cancellation) =>
        channel.ExchangeDeclareAsync(BrokerNames.EntranceOf(queue), ExchangeType.Topic, durable: true, autoDelete: false,
            new Dictionary<string, object?> { ["alternate-exchange"] = queue }, cancellationToken: cancellation);

    /// <summary>A queue and the exchange of its name, to which it is bound.</summary>
    private static async Task DeclareQueueAsync(IChannel channel, string queue, Dictionary<string, object?> arguments, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellation);
        await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellation);
    }
}
