using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Processes;

/// <summary>What an installation is called on its servers, where it writes, and whether it is thrown away afterwards.</summary>
public sealed record InstallationPlan
{
    private InstallationPlan(Checkout checkout, ServerPair servers, string directory, string suffix, bool fresh) =>
        (Checkout, Servers, Directory, Suffix, Fresh) = (checkout, servers, directory, suffix, fresh);

    public Checkout Checkout { get; }

    public ServerPair Servers { get; }

    /// <summary>For logs, keys and records.</summary>
    public string Directory { get; }

    /// <summary>Ends with the running program, and takes its databases and its virtual host along.</summary>
    public bool Fresh { get; }

    /// <summary>Everything that is reported in it is a test (docs/sandbox.md).</summary>
    public bool IsSandbox { get; init; }

    /// <summary>Configuration on top of the usual, for every service.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Services that reach their database through another port of this machine, such as a proxy's: by service name.</summary>
    public IReadOnlyDictionary<string, int> DatabasePorts { get; init; } = new Dictionary<string, int>();

    /// <summary>Services that reach the broker through another port of this machine: by service name.</summary>
    public IReadOnlyDictionary<string, int> BrokerPorts { get; init; } = new Dictionary<string, int>();

    /// <summary>Started at once; the others are prepared and wait to be started.</summary>
    public IReadOnlyList<ServiceKind> StartedAtOnce { get; init; } = ServiceKind.All;

    public string VirtualHostName => "safeharbor" + Suffix;

    private string Suffix { get; }

    private const string NodeDatabases = "safeharbor_node_";

    /// <summary>The checkout's own installation, which keeps its data until it is wiped; its sandbox has other databases and another virtual host.</summary>
    public static InstallationPlan OfCheckout(Checkout checkout, ServerPair servers, bool sandbox = false) =>
        new(checkout, servers, DirectoryOf(checkout), (sandbox ? "_sandbox" : "") + (servers.IsShared ? "_" + checkout.Id : ""), fresh: false) { IsSandbox = sandbox };

    /// <summary>An installation for one test: everything in it is new.</summary>
    public static InstallationPlan ForTests(Checkout checkout, ServerPair servers)
    {
        checkout.CreateLocalDirectory();
        var run = Guid.NewGuid().ToString("N")[..8];
        return new(checkout, servers, RunOwner.Mark(Path.Combine(checkout.LocalDirectory, "journeys", run)), "_test_" + run, fresh: true);
    }

    public string DatabaseOf(ServiceKind kind) => kind.Database + Suffix;

    /// <summary>Where the keys of intake's reports are: not in the database of the reports.</summary>
    public string KeysDatabase => ServiceKind.Intake.Database + "_keys" + Suffix;

    public string BrokerUserOf(ServiceKind kind) => $"{VirtualHostName}-{kind.Name}";

    /// <summary>The database of a county's node.</summary>
    public string DatabaseOf(Node node) => NodeDatabases + node.Name.Replace('-', '_') + Suffix;

    public string BrokerUserOf(Node node) => $"{VirtualHostName}-{node.Service}";

    /// <summary>Drops the installation's databases, virtual host and users.</summary>
    internal async Task WipeServersAsync(CancellationToken cancellationToken)
    {
        await VirtualHost.DeleteAsync(Servers.RabbitMqManagement, VirtualHostName, cancellationToken);
        await Database.DropAsync(Servers.Postgres, KeysDatabase, cancellationToken);
        foreach (var kind in ServiceKind.All)
        {
            await Database.DropAsync(Servers.Postgres, DatabaseOf(kind), cancellationToken);
            await BrokerUser.DeleteAsync(Servers.RabbitMqManagement, BrokerUserOf(kind), cancellationToken);
        }
        foreach (var fips in HomeState.Current.Counties.Select(county => new Node(county.Fips.Text, [])))
            if (await Database.ExistsAsync(Servers.Postgres, DatabaseOf(fips), cancellationToken))
            {
                await Database.DropAsync(Servers.Postgres, DatabaseOf(fips), cancellationToken);
                await BrokerUser.DeleteAsync(Servers.RabbitMqManagement, BrokerUserOf(fips), cancellationToken);
            }
    }

    internal static string DirectoryOf(Checkout checkout) => Path.Combine(checkout.LocalDirectory, "services");
}
