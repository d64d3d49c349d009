using System.CommandLine;
using System.Diagnostics;
using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Verification;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

/// <summary>Verifies the services' ledgers, as the database server's administrator or as whoever <c>--database</c> names: not as the services themselves.</summary>
internal static class LedgerVerb
{
    private sealed record Arguments(string? Service, string? Database, string[] Keys, string[] Checkpoints, bool AsJson);

    public static Command Create(Checkout checkout)
    {
        var service = new Option<string?>("--service") { Description = $"Only this one: {string.Join(", ", ServiceKind.All.Select(k => k.Name))}." };
        var database = new Option<string?>("--database") { Description = "An Npgsql connection string of the service's database, for an installation that is not this checkout's." };
        var key = new Option<string[]>("--key") { Description = "PEM file of a public key of the checkpoints; the checkout's own when absent.", DefaultValueFactory = _ => [] };
        var checkpoint = new Option<string[]>("--checkpoint") { Description = "POSITION:HASH of a checkpoint that was kept elsewhere.", DefaultValueFactory = _ => [] };
        var json = Json.Option();
        var verify = new Command("verify", "Recomputes the hash chains and checks what was signed; names every row that was changed, removed, inserted or moved. Fails when there is one.")
        {
            service, database, key, checkpoint, json,
        };
        verify.SetAction((a, cancellation) => RunAsync(checkout,
            new(a.GetValue(service), a.GetValue(database), a.GetValue(key)!, a.GetValue(checkpoint)!, a.GetValue(json)), cancellation));
        return new Command("ledger", "Who read, granted, changed and decided what: the ledger of each service.") { verify };
    }

    private static async Task<int> RunAsync(Checkout checkout, Arguments arguments, CancellationToken cancellation)
    {
        var kinds = ServiceKind.All.Where(k => arguments.Service is null || k.Name == arguments.Service).ToList();
        if (kinds.Count == 0)
            throw new FormatException($"'{arguments.Service}' is no service: give one of {string.Join(", ", ServiceKind.All.Select(k => k.Name))}.");
        if (kinds.Count > 1 && (arguments.Database is not null || arguments.Checkpoints.Length > 0))
            throw new FormatException("A database and a checkpoint belong to one ledger: say whose with --service.");
        var servers = arguments.Database is null ? await ServerPair.FindRunningAsync(ServerHome.OfCheckout(checkout), cancellation) : null;
        if (arguments.Database is null && servers is null)
            throw new ServersUnavailableException("No servers run: start them with './safeharbor up --detach', or name a database with --database.");
        var keys = (arguments.Keys.Length > 0 ? arguments.Keys : [DevelopmentKeys.OfCheckout(checkout).LedgerPublicKeyFile]).Select(f => CheckpointKey.FromPem(File.ReadAllText(f))).ToList();
        var kept = arguments.Checkpoints.Select(Parse).ToList();
        var results = new List<VerificationResult>();
        foreach (var kind in kinds)
        {
            var clock = Stopwatch.StartNew();
            var result = await LedgerVerification.RunAsync(arguments.Database ?? DatabaseOf(checkout, servers!, kind), kind.Name, keys, kept, cancellation);
            if (servers is not null)
                await LedgerVerification.NoteAsync(DatabaseOf(checkout, servers, kind), result, cancellation);
            results.Add(result);
            if (!arguments.AsJson)
                Write(result, clock.Elapsed);
        }
        if (arguments.AsJson)
            Console.WriteLine(Json.Of(results));
        keys.ForEach(k => k.Dispose());
        return results.TrueForAll(r => r.IsSound) ? 0 : 1;
    }

    private static string DatabaseOf(Checkout checkout, ServerPair servers, ServiceKind kind) =>
        new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = InstallationPlan.OfCheckout(checkout, servers, InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout)) is { IsSandbox: true }).DatabaseOf(kind) }.ConnectionString;

    private static KeptCheckpoint Parse(string text) =>
        text.Split(':') is [var position, { Length: 64 } hash] && long.TryParse(position, out var at) && hash.All(char.IsAsciiHexDigit)
            ? new(at, Convert.FromHexString(hash))
            : throw new FormatException($"'{text}' is no checkpoint: give POSITION:HASH as the log or GET /v1/ledger/checkpoints told it.");

    private static void Write(VerificationResult result, TimeSpan took)
    {
        Console.WriteLine($"{result.Service,-16}{(result.IsSound ? "sound" : $"{result.FindingCount} findings"),-14}{result.Linked} entries linked, {result.NotYetLinked} not yet, "
            + $"{result.Checkpoints} checkpoints, {took.TotalSeconds:0.0} s; ends at {result.Position}:{result.Hash}");
        foreach (var finding in result.Findings)
            Console.WriteLine($"  {finding.Text}");
        if (result.FindingCount > result.Findings.Count)
            Console.WriteLine($"  ... and {result.FindingCount - result.Findings.Count} more.");
    }
}
