using SafeHarbor.Load;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Chaos.Around;

/// <summary>Everything that a run needs and may break: servers of its own, the four services, the ways between them, and everybody who uses them.</summary>
internal sealed class Site : IAsyncDisposable
{
    // Shorter than in production, so that the end of a run is not spent waiting for the next attempt; who gives up when stays as it is.
    private static readonly Dictionary<string, string?> Hurried = new()
    {
        ["Delivery__Schedule__0"] = "00:00:01",
        ["Delivery__Schedule__1"] = "00:00:02",
        ["Delivery__Schedule__2"] = "00:00:05",
        ["Delivery__ThenEvery"] = "00:00:05",
    };

    private readonly List<IAsyncDisposable> _parts = [];

    private Site()
    {
    }

    public ServerPair Servers { get; private set; } = null!;

    public Installation Installation { get; private set; } = null!;

    public IReadOnlyList<Link> Links { get; private set; } = [];

    public CountyNode Node { get; private set; } = null!;

    public Doors Doors { get; private set; } = null!;

    public PublicApis Apis { get; private set; } = null!;

    public Crew Crew { get; private set; } = null!;

    public Ledger Ledger { get; private set; } = null!;

    /// <summary>The virtual host's name.</summary>
    public string VirtualHost { get; private set; } = "";

    /// <summary>For logs and the ledger; stays.</summary>
    public string Directory { get; private set; } = "";

    public static async Task<Site> StartAsync(Action<string> say, CancellationToken cancellation)
    {
        var site = new Site();
        try
        {
            await site.BuildAsync(say, cancellation);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
            await part.DisposeAsync();
        Apis?.Dispose();
        Ledger?.Dispose();
    }

    /// <summary>Keeps the servers' logs with those of the services.</summary>
    public void KeepServerLogs()
    {
        foreach (var log in Servers.LogFiles)
            File.Copy(log, Path.Combine(Directory, Path.GetFileName(log)), overwrite: true);
    }

    private async Task BuildAsync(Action<string> say, CancellationToken cancellation)
    {
        var checkout = Checkout.Find();
        await ServerPair.StopAbandonedAsync(checkout);
        Servers = Keep(await ServerPair.StartOwnAsync(ServerHome.ForTests(checkout), say, cancellation));
        Links = Link.Lay(Servers);
        _parts.AddRange(Links.Select(link => link.Proxy));
        var plan = InstallationPlan.ForTests(checkout, Servers) with
        {
            Environment = Hurried,
            DatabasePorts = Link.Ports(Links, Link.Database),
            BrokerPorts = Link.Ports(Links, Link.Broker),
        };
        (VirtualHost, Directory) = (plan.VirtualHostName, plan.Directory);
        Installation = Keep(await Installation.StartAsync(plan, cancellation));
        Ledger = new Ledger(Path.Combine(Directory, "ledger.jsonl"));
        Doors = new Doors(Installation);
        Node = new CountyNode(Installation, plan);
        Apis = new PublicApis(Installation) { AddressOf = Doors.Of, NodeAddress = () => Node.Address, AttemptTimeout = TimeSpan.FromSeconds(10), Deadline = TimeSpan.FromMinutes(15) };
        Crew = Keep(await Crew.ArriveAsync(Apis, seesThrough: true, cancellation));
        Crew.Receiver.Received += Ledger.Receive;
    }

    private T Keep<T>(T part) where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }
}
