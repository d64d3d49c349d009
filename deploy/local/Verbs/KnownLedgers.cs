using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Verification;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

/// <summary>A ledger, and the database that has it.</summary>
/// <param name="Name">A service's name, or <c>node-NAME</c>.</param>
/// <param name="Database">Its connection string.</param>
internal sealed record KnownLedger(string Name, string Database);

/// <summary>The ledgers that can be verified here, each of which is a witness of the others, and the keys that are known.</summary>
/// <param name="Ledgers">The ledgers.</param>
/// <param name="Keys">The keys.</param>
internal sealed record KnownLedgers(IReadOnlyList<KnownLedger> Ledgers, KnownKeys Keys)
{
    /// <summary>Those of the checkout's installation, its nodes' too, as the database server's administrator.</summary>
    public static async Task<KnownLedgers> OfCheckoutAsync(Checkout checkout, CancellationToken cancellation)
    {
        var servers = await ServerPair.FindRunningAsync(ServerHome.OfCheckout(checkout), cancellation)
            ?? throw new ServersUnavailableException("No servers run: start them with './safeharbor up --detach', or name a database with --database.");
        var plan = InstallationPlan.OfCheckout(checkout, servers, InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout)) is { IsSandbox: true });
        var ledgers = ServiceKind.All.Select(kind => new KnownLedger(kind.Name, At(servers, plan.DatabaseOf(kind)))).ToList();
        foreach (var node in HomeState.Current.Counties.Select(county => new Node(county.Fips.Text, [])))
            if (await Database.ExistsAsync(servers.Postgres, plan.DatabaseOf(node), cancellation))
                ledgers.Add(new(node.Service, At(servers, plan.DatabaseOf(node))));
        var development = DevelopmentKeys.OfCheckout(checkout);
        var keys = new KnownKeys();
        foreach (var ledger in ledgers)
            keys.Add(ledger.Name, Read(development.LedgerPublicKeyFile(ledger.Name)));
        return new(ledgers, keys);
    }

    /// <summary>Takes a key as it was typed: a file, or whose and a file.</summary>
    public void Add(string key)
    {
        var at = key.IndexOf('=', StringComparison.Ordinal);
        Keys.Add(at < 0 ? null : key[..at], Read(key[(at + 1)..]));
    }

    /// <summary>What all of them have of each other, and what the witnesses have that were named.</summary>
    public async Task<Testimony> HearAsync(IEnumerable<string> named, CancellationToken cancellation)
    {
        var all = new List<Testimony>();
        foreach (var witness in Ledgers)
            all.Add(await WitnessDatabase.ReadAsync(witness.Database, witness.Name, null, cancellation));
        foreach (var witness in named)
            all.Add(witness.Split('=', 2) is [var name, var database] && !File.Exists(witness) && !Directory.Exists(witness)
                ? await WitnessDatabase.ReadAsync(database, name, null, cancellation) : WitnessFiles.Read(witness));
        return Testimony.Of(all);
    }

    private static string At(ServerPair servers, string database) => new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = database }.ConnectionString;

    private static CheckpointKey Read(string file) => CheckpointKey.FromPem(File.ReadAllText(file));
}
