using SafeHarbor.Chaos.Around;
using SafeHarbor.Contracts;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Chaos.Faults;

/// <summary>What a fault is in.</summary>
internal enum FaultFamily
{
    Process,
    Server,
    Connection,
    Receiver,
    Message,
}

/// <summary>A kind of fault.</summary>
/// <param name="Name">In the results.</param>
/// <param name="Family">What it is in.</param>
/// <param name="Targets">How many different things it can hit.</param>
/// <param name="Against">The fault against one of them; the seed decides what is left to chance.</param>
internal sealed record FaultKind(string Name, FaultFamily Family, int Targets, Func<Site, int, int, Fault> Against)
{
    private const int Links = 8;

    // Queues that something is published to; the others hold only what a service sends itself.
    private static readonly IReadOnlyList<Subscription> Subscribed = [.. Subscriptions.All.Where(subscription => subscription.Messages.Count > 0)];

    public static readonly IReadOnlyList<FaultKind> All =
    [
        new("service-killed", FaultFamily.Process, ServiceKind.All.Count, (site, target, _) => new ServiceKilled(site.Installation[ServiceKind.All[target]])),
        new("service-suspended", FaultFamily.Process, ServiceKind.All.Count, (site, target, _) => new ServiceSuspended(site.Installation[ServiceKind.All[target]])),
        new("instance-killed", FaultFamily.Process, ServiceKind.All.Count, (site, target, _) => new InstanceKilled(site, ServiceKind.All[target])),
        new("node-killed", FaultFamily.Process, 1, (site, _, _) => new NodeKilled(site.Node)),
        new("postgres-stopped", FaultFamily.Server, 1, (site, _, _) => new PostgresStopped(site.Servers.OwnPostgres)),
        new("rabbitmq-killed", FaultFamily.Server, 1, (site, _, _) => new RabbitMqKilled(site.Servers.OwnRabbitMq)),
        new("queue-without-leader", FaultFamily.Server, Subscriptions.All.Count, (site, target, _) => new QueueWithoutLeader(site, Subscriptions.All[target].Queue)),
        new("connection-cut", FaultFamily.Connection, Links, (site, target, _) => new ConnectionCut(site.Links[target])),
        new("connection-slow", FaultFamily.Connection, Links, (site, target, _) => new ConnectionSlow(site.Links[target])),
        new("connection-half-open", FaultFamily.Connection, Links * 2, (site, target, _) => new ConnectionHalfOpen(site.Links[target / 2], isTold: target % 2 == 0)),
        new("receiver-failing", FaultFamily.Receiver, 1, (site, _, _) => new ReceiverMisbehaving(site.Crew.Receiver, Reception.Fail)),
        new("receiver-hanging", FaultFamily.Receiver, 1, (site, _, _) => new ReceiverMisbehaving(site.Crew.Receiver, Reception.Hang)),
        new("receiver-resetting", FaultFamily.Receiver, 1, (site, _, _) => new ReceiverMisbehaving(site.Crew.Receiver, Reception.Reset, Reception.TakeAndReset)),
        new("messages-repeated", FaultFamily.Message, Subscribed.Count, (site, target, seed) => new MessagesRepeated(site.Installation.Broker, Subscribed[target], seed)),
        new("message-poisoned", FaultFamily.Message, Subscribed.Count * 2, (site, target, _) => new MessagePoisoned(site, Subscribed[target / 2], isJson: target % 2 == 1)),
        new("broker-disk-full", FaultFamily.Server, 1, (site, _, _) => new BrokerDiskFull(site.Servers.RabbitMqControl)),
    ];

    /// <summary>What the schedule draws from.</summary>
    public static IReadOnlyList<(string Name, int Targets)> Names => [.. All.Select(kind => (kind.Name, kind.Targets))];

    /// <summary>One kind of each family, another with the next turn, so that all have come when the largest family has.</summary>
    public static IReadOnlyList<FaultKind> InTurn(int turn) => [.. All.GroupBy(kind => kind.Family).Select(family => family.ElementAt(turn % family.Count()))];

    public static Fault Of(PlannedFault planned, Site site, int seed) =>
        All.Single(kind => kind.Name == planned.Kind).Against(site, planned.Target, seed);
}
