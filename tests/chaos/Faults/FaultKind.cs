using SafeHarbor.Chaos.Around;
using SafeHarbor.Contracts;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Chaos.Faults;

/// <summary>A kind of fault.</summary>
/// <param name="Name">In the results.</param>
/// <param name="Targets">How many different things it can hit.</param>
/// <param name="Against">The fault against one of them; the seed decides what is left to chance.</param>
internal sealed record FaultKind(string Name, int Targets, Func<Site, int, int, Fault> Against)
{
    private const int Links = 8;

    // Queues that something is published to; the others hold only what a service sends itself.
    private static readonly IReadOnlyList<Subscription> Subscribed = [.. Subscriptions.All.Where(subscription => subscription.Messages.Count > 0)];

    public static readonly IReadOnlyList<FaultKind> All =
    [
        new("service-killed", ServiceKind.All.Count, (site, target, _) => new ServiceKilled(site.Installation[ServiceKind.All[target]])),
        new("service-suspended", ServiceKind.All.Count, (site, target, _) => new ServiceSuspended(site.Installation[ServiceKind.All[target]])),
        new("instance-killed", ServiceKind.All.Count, (site, target, _) => new InstanceKilled(site, ServiceKind.All[target])),
        new("postgres-stopped", 1, (site, _, _) => new PostgresStopped(site.Servers.OwnPostgres)),
        new("rabbitmq-killed", 1, (site, _, _) => new RabbitMqKilled(site.Servers.OwnRabbitMq)),
        new("queue-without-leader", Subscriptions.All.Count, (site, target, _) => new QueueWithoutLeader(site, Subscriptions.All[target].Queue)),
        new("connection-cut", Links, (site, target, _) => new ConnectionCut(site.Links[target])),
        new("connection-slow", Links, (site, target, _) => new ConnectionSlow(site.Links[target])),
        new("connection-half-open", Links * 2, (site, target, _) => new ConnectionHalfOpen(site.Links[target / 2], isTold: target % 2 == 0)),
        new("receiver-failing", 1, (site, _, _) => new ReceiverMisbehaving(site.Crew.Receiver, Reception.Fail)),
        new("receiver-hanging", 1, (site, _, _) => new ReceiverMisbehaving(site.Crew.Receiver, Reception.Hang)),
        new("receiver-resetting", 1, (site, _, _) => new ReceiverMisbehaving(site.Crew.Receiver, Reception.Reset, Reception.TakeAndReset)),
        new("messages-repeated", Subscribed.Count, (site, target, seed) => new MessagesRepeated(site.Installation.Broker, Subscribed[target], seed)),
        new("message-poisoned", Subscribed.Count * 2, (site, target, _) => new MessagePoisoned(site, Subscribed[target / 2], isJson: target % 2 == 1)),
        new("broker-disk-full", 1, (site, _, _) => new BrokerDiskFull(site.Servers.RabbitMqControl)),
    ];

    /// <summary>What the schedule draws from.</summary>
    public static IReadOnlyList<(string Name, int Targets)> Names => [.. All.Select(kind => (kind.Name, kind.Targets))];

    public static Fault Of(PlannedFault planned, Site site, int seed) =>
        All.Single(kind => kind.Name == planned.Kind).Against(site, planned.Target, seed);
}
