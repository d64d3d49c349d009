using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Notices;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>Rings when something about who keeps what has changed.</summary>
internal sealed class KeepingNews
{
    public Wakeup Changed { get; } = new();

    /// <summary>What is not complete, for people; null when all is.</summary>
    public string? UnderWay { get; set; }
}

/// <summary>
/// A node keeps what its configuration says: when it starts it asks for its organizations', and gives back what is not its any more. It binds an organization's own key once it has
/// everything, and lets it go once it has given everything: until then what comes goes to the old keeper, and follows. So a binding is a shortcut and never decides who keeps what.
/// </summary>
internal sealed partial class NodeKeeping(Node node, string queue, string addressed, KeptWaiting waiting, Keepers keepers, KeepingNews news, UnitStore store, RelayState relay, OwnAddress address,
    IConfiguration configuration, TimeProvider time, ILogger<NodeKeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>How often it says that it lives, and binds again what it keeps, should somebody have unbound it.</summary>
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(configuration.GetValue("Node:AliveSeconds", 30.0));

    private bool _hasAsked;
    private DateTimeOffset _saidAt;
    private string? _said;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        news.UnderWay = "The node has not asked for its organizations yet.";
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                // Its queue is bound to what is handed over once there is a link.
                if (relay.Link is { } link)
                {
                    if (!_hasAsked)
                        await AskAsync(stoppingToken);
                    _hasAsked = true;
                    var rows = await keepers.AllAsync(stoppingToken);
                    await BindAsync(link, rows, stoppingToken);
                    await SayAsync(rows, stoppingToken);
                    news.UnderWay = UnderWay(rows);
                }
                await news.Changed.WaitAsync(_hasAsked ? _interval : Soon, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name, e.Message);
                await Task.Delay(Soon, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        var rows = (await keepers.AllAsync(cancellation)).ToDictionary(row => row.Organization);
        var unit = new UnitOfWork();
        foreach (var organization in node.Organizations)
        {
            if (rows.GetValueOrDefault(organization)?.Keeper != keepers.OwnKey(organization))
                unit.Put(new KeeperRow { Organization = organization, Keeper = keepers.OwnKey(organization) });
            unit.Publish(new KeepingRequested { Organization = organization, Node = node.Name, Link = address.Text is { Length: > 0 } link ? link : null, At = time.GetUtcNow() });
        }
        foreach (var row in rows.Values.Where(row => !node.Organizations.Contains(row.Organization) && (row.Keeper != Node.Statewide || !row.IsComplete)))
        {
            unit.Put(new KeeperRow { Organization = row.Organization, Keeper = Node.Statewide });
            unit.Send(queue, new LetGo(row.Organization));
        }
        await store.CommitAsync(unit, cancellation);
    }

    private async Task BindAsync(BrokerLink link, IReadOnlyList<KeeperRow> rows, CancellationToken cancellation)
    {
        await using var channel = await link.OpenChannelAsync(cancellation);
        foreach (var row in rows)
            if (row.Keeper == keepers.OwnKey(row.Organization) == row.IsComplete)
                await channel.QueueBindAsync(queue, BrokerNames.EntranceOf(addressed), row.Organization.Text, cancellationToken: cancellation);
            else
                await channel.QueueUnbindAsync(queue, BrokerNames.EntranceOf(addressed), row.Organization.Text, cancellationToken: cancellation);
        // It has given everything back, and only passes on what had come before: the statewide system gets the rest itself, and nobody may ever come back for what is told to every node.
        if (node.Organizations.Count > 0 || rows.Any(row => !row.IsComplete))
            return;
        foreach (var key in (string[])[node.Key, .. rows.Select(row => Node.KeeperOf(row.Organization))])
            await channel.QueueUnbindAsync(queue, BrokerNames.EntranceOf(addressed), key, cancellationToken: cancellation);
        foreach (var shared in node.HasOwnBroker ? [] : Queues.OfEveryNode)
            foreach (var message in Subscriptions.OfNodes(shared))
                await channel.QueueUnbindAsync(node.QueueOf(shared), BrokerNames.ExchangeOf(message), "", cancellationToken: cancellation);
    }

    /// <summary>Says that it lives, and at once when that is for others than it was. It commits first and leaves by the relay: so it is said by a node that works.</summary>
    private async Task SayAsync(IReadOnlyList<KeeperRow> rows, CancellationToken cancellation)
    {
        IReadOnlyList<Organization> kept = [.. rows.Where(row => row.Keeper != Node.Statewide || !row.IsComplete).Select(row => row.Organization).OrderBy(o => o.Text, StringComparer.Ordinal)];
        var (said, now) = (string.Join(' ', kept) + UnderWay(rows), time.GetUtcNow());
        if (said == _said && now - _saidAt < _interval)
            return;
        var unit = new UnitOfWork();
        unit.Publish(new NodeAlive
        {
            Node = node.Name,
            Organizations = kept,
            Waiting = await waiting.CountAsync(store, kept, cancellation),
            Link = address.Text is { Length: > 0 } link ? link : null,
            At = now,
        });
        await store.CommitAsync(unit, cancellation);
        (_said, _saidAt) = (said, now);
    }

    private static string? UnderWay(IReadOnlyList<KeeperRow> rows) => rows.FirstOrDefault(row => !row.IsComplete) is { } open
        ? $"{open.Organization} is being {(open.Keeper == Node.Statewide ? "given back" : "taken over")}." : null;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The node could not ask for its organizations or bind their keys ({Error}: {Reason}); it tries again.")]
    private static partial void LogFailed(ILogger logger, string error, string reason);
}
