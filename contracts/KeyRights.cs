namespace SafeHarbor.Contracts;

/// <summary>
/// Which keys a node's user may use at the entrance of an addressed queue, as RabbitMQ takes it (topic permissions): two regular expressions over routing
/// keys. A user without any may use every key.
/// </summary>
/// <param name="Exchange">The entrance.</param>
/// <param name="Write">Publishes to it with these keys.</param>
/// <param name="Read">Binds these keys.</param>
public sealed record KeyRights(string Exchange, string Write, string Read)
{
    /// <summary>A node binds its own keys, and publishes nothing there.</summary>
    public static IReadOnlyList<KeyRights> Of(Node node) => [.. Queues.Addressed.Select(queue => new KeyRights(BrokerNames.EntranceOf(queue), "^$", BrokerRights.Exactly(node.Keys)))];
}
