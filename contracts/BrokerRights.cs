using System.Text.RegularExpressions;

namespace SafeHarbor.Contracts;

/// <summary>
/// What a service's user may do at the broker, as RabbitMQ takes it: three regular expressions over the names of exchanges and queues. They follow
/// from what the messages declare (<see cref="MessageAttribute"/>) and name nothing but what is there: no pattern, and never the default exchange,
/// through which every queue could be reached.
/// </summary>
/// <param name="Configure">Declares its own queues and exchanges again, and deletes them. Message exchanges and others' queues are the administrator's.</param>
/// <param name="Write">Publishes its own messages; sends to itself, and binds its own queues.</param>
/// <param name="Read">Consumes its own queues, and binds them to the messages that it subscribes to.</param>
public sealed record BrokerRights(string Configure, string Write, string Read)
{
    /// <summary>The rights of a service.</summary>
    public static BrokerRights Of(string service)
    {
        var subscriptions = Subscriptions.All.Where(s => s.Service == service).ToList();
        string[] own = [.. subscriptions.SelectMany(s => new[] { s.Queue, BrokerNames.EntranceOf(s.Queue) }), BrokerNames.DeadLettersOf(service)];
        return new(
            Exactly(own),
            Exactly([.. own, .. Publications.Of(service).Select(BrokerNames.ExchangeOf)]),
            Exactly([.. own, .. subscriptions.SelectMany(s => s.Messages).Select(BrokerNames.ExchangeOf)]));
    }

    /// <summary>The rights of a node: its own queues, the messages that nodes publish, and to bind itself to what is told to every node and, with its own keys (<see cref="KeyRights"/>), to what is addressed.</summary>
    public static BrokerRights Of(Node node)
    {
        string[] own = [.. node.Queues, BrokerNames.DeadLettersOf(node.Service)];
        return new(
            Exactly(own),
            Exactly([.. own, .. Publications.OfNodes.Select(BrokerNames.ExchangeOf)]),
            Exactly([.. own, .. Queues.Addressed.Select(BrokerNames.EntranceOf), .. Queues.OfEveryNode.SelectMany(Subscriptions.OfNodes).Select(BrokerNames.ExchangeOf)]));
    }

    internal static string Exactly(IEnumerable<string> names) => $"^({string.Join('|', names.Distinct().Order(StringComparer.Ordinal).Select(Regex.Escape))})$";
}
