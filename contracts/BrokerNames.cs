namespace SafeHarbor.Contracts;

/// <summary>What exchanges and queues are called at the broker. A subscriber's exchange is called like its queue, <see cref="Subscription.Queue"/>.</summary>
public static class BrokerNames
{
    /// <summary>The exchange that a message type is published to.</summary>
    public static string ExchangeOf(Type message) => "safeharbor." + WireNameAttribute.Of(message);

    /// <summary>
    /// The exchange through which messages reach a queue: that of its name, or, for an addressed queue, the keyed one, which hands what nobody has bound
    /// to that of its name.
    /// </summary>
    public static string EntranceOf(string queue) => Queues.Addressed.Contains(queue) ? $"{queue}-addressed" : queue;

    /// <summary>The exchange and the queue of what a service's queues gave up.</summary>
    public static string DeadLettersOf(string service) => $"{service}-dead-letter";
}
