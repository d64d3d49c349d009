using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Ledger.Verification;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

/// <summary>Verifies ledgers, as the database server's administrator or as whoever <c>--database</c> names: not as the services themselves; and holds them against what their witnesses have.</summary>
internal static class LedgerVerb
{
    private static readonly string Services = string.Join(", ", ServiceKind.All.Select(k => k.Name));

    private sealed record Arguments(string? Service, string? Database, string[] Keys, string[] Witnesses, string[] Checkpoints, bool AsJson);

    public static Command Create(Checkout checkout)
    {
        var service = new Option<string?>("--service") { Description = $"Only this ledger: {Services}, or a node's (node-NAME)." };
        var database = new Option<string?>("--database") { Description = "An Npgsql connection string of its database, for an installation that is not this checkout's." };
        var key = new Option<string[]>("--key") { Description = "PEM file of a public key of the checkpoints, or LEDGER=FILE for the key of a witness; the checkout's own when absent.", DefaultValueFactory = _ => [] };
        var witness = new Option<string[]>("--witness")
        {
            Description = "What a witness has: a file or directory that one outside wrote, or LEDGER=CONNECTION of another service's or node's database. The checkout's other databases are witnesses by themselves.",
            DefaultValueFactory = _ => [],
        };
        var checkpoint = new Option<string[]>("--checkpoint") { Description = "POSITION:HASH of a checkpoint that was kept elsewhere.", DefaultValueFactory = _ => [] };
        var json = Json.Option();
        var verify = new Command("verify", "Recomputes the hash chains, checks what was signed and what witnesses kept; names every row that was changed, removed, inserted, moved or cut off. Fails when there is one.")
        {
            service, database, key, witness, checkpoint, json,
        };
        verify.SetAction((a, cancellation) => RunAsync(checkout,
            new(a.GetValue(service), a.GetValue(database), a.GetValue(key)!, a.GetValue(witness)!, a.GetValue(checkpoint)!, a.GetValue(json)), cancellation));
        return new Command("ledger", "Who read, granted, changed and decided what: the ledger of each service.") { verify };
    }

    private static async Task<int> RunAsync(Checkout checkout, Arguments arguments, CancellationToken cancellation)
    {
        var known = arguments.Database is null ? await KnownLedgers.OfCheckoutAsync(checkout, cancellation)
            : new KnownLedgers([new(arguments.Service ?? throw new FormatException($"Say whose ledger the database has: --service with one of {Services}, or node-NAME."), arguments.Database)], new());
        var ledgers = known.Ledgers.Where(l => arguments.Service is null || l.Name == arguments.Service).ToList();
        if (ledgers.Count == 0)
            throw new FormatException($"'{arguments.Service}' is no ledger here: give one of {string.Join(", ", known.Ledgers.Select(l => l.Name))}.");
        if (ledgers.Count > 1 && arguments.Checkpoints.Length > 0)
            throw new FormatException("A checkpoint belongs to one ledger: say whose with --service.");
        foreach (var key in arguments.Keys)
            known.Add(key);
        var kept = arguments.Checkpoints.Select(Parse).ToList();
        // Before the ledgers: what is told meanwhile is not held against a moment that came earlier.
        var testimony = await known.HearAsync(arguments.Witnesses, cancellation);
        var results = new List<VerificationResult>();
        foreach (var ledger in ledgers)
        {
            var clock = Stopwatch.StartNew();
            var result = await LedgerVerification.RunAsync(ledger.Database, ledger.Name, known.Keys, testimony, kept, cancellation);
            if (arguments.Database is null)
                await LedgerVerification.NoteAsync(ledger.Database, result, cancellation);
            results.Add(result);
            if (!arguments.AsJson)
                Console.Write(VerificationText.Of(result, clock.Elapsed));
        }
        if (arguments.AsJson)
            Console.WriteLine(Json.Of(results));
        return results.TrueForAll(r => r.IsSound) ? 0 : 1;
    }

    private static KeptCheckpoint Parse(string text) =>
        text.Split(':') is [var position, { Length: 64 } hash] && long.TryParse(position, out var at) && hash.All(char.IsAsciiHexDigit)
            ? new(at, Convert.FromHexString(hash))
            : throw new FormatException($"'{text}' is no checkpoint: give POSITION:HASH as the log or GET /v1/ledger/checkpoints told it.");
}
