using Microsoft.EntityFrameworkCore;
using Npgsql;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.Retention;

/// <summary>Proof that a report's details are unreadable, or are going to be.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Ground">Why.</param>
/// <param name="OrderedAt">When it was ordered.</param>
/// <param name="Organization">Who ordered it; null when the system did, by the clock.</param>
/// <param name="DestroyedAt">When the last of the keys was destroyed; null while the order waits for the key store.</param>
/// <param name="GoneForGoodAt">From when on no backup holds the keys either.</param>
/// <param name="Keys">What the key store says of each key now.</param>
/// <param name="Ledger">The ledger's entries about it, in the order of their writing.</param>
public sealed record DestructionProof(Guid ReportId, [CodeOf(typeof(DestructionGrounds))] string Ground, DateTimeOffset OrderedAt, Organization? Organization, DateTimeOffset? DestroyedAt,
    DateTimeOffset? GoneForGoodAt, IReadOnlyList<ProvenKey> Keys, IReadOnlyList<ProvenEntry> Ledger);

/// <summary>A key as the key store has it.</summary>
/// <param name="KeyId">The key.</param>
/// <param name="DestroyedAt">When it was destroyed; null until then.</param>
/// <param name="DestroyedFor">Why; null until then.</param>
public sealed record ProvenKey(Guid KeyId, DateTimeOffset? DestroyedAt, [CodeOf(typeof(DestructionGrounds))] string? DestroyedFor);

/// <summary>An entry of the ledger.</summary>
/// <param name="EntryId">Its number.</param>
/// <param name="Action">What it says.</param>
/// <param name="At">When that was.</param>
/// <param name="Position">Its place in the chain; null until it is linked, which takes a moment.</param>
/// <param name="Hash">The chain's hash there, in hexadecimal: <c>./safeharbor ledger verify --checkpoint POSITION:HASH</c> holds the ledger against it.</param>
public sealed record ProvenEntry(string EntryId, string Action, DateTimeOffset At, long? Position, string? Hash);

/// <summary><c>GET /v1/reports/{reportId}/destruction</c>: for the agency that reported, for whoever has or had a grant, and for the state.</summary>
internal static class ReadDestruction
{
    private const string Entries = """
        select l.entry_id, l.action, l.at, k.position, k.hash from ledger l left join ledger_links k on k.entry_id = l.entry_id
        where l.report_id = $1 and l.action = any($2) order by l.entry_id
        """;

    public static void MapReadDestruction(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/reports/{reportId:guid}/destruction", GetAsync)
        .RequireScope("encounters.read | reports.read | retention.act").Records(LedgerActions.DestructionRead).WithName("GetDestruction");

    /// <summary>Proves that a report's details are unreadable, or are going to be: to the agency that reported, to whoever has or had a grant, and to the state.</summary>
    private static async Task<Results<Ok<DestructionProof>, ProblemHttpResult>> GetAsync(Guid reportId, Request request, IntakeDb db, NpgsqlDataSource database,
        KeyStore keys, RetentionSettings settings, CancellationToken cancellation)
    {
        var (organization, isState) = (request.Caller.Organization, request.Caller.Organization.Kind == Organization.State);
        var destruction = await db.Destructions.SingleOrDefaultAsync(d => d.ReportId == reportId && (isState
            || db.Grants.Any(g => g.ReportId == reportId && g.Organization == organization)
            || db.Encounters.Any(e => e.EncounterId == d.EncounterId && "le:" + e.AgencyOri == organization.Text)), cancellation);
        if (destruction is null)
            return Problem.NotFound("destroyed report");
        var stored = (await keys.FindAsync([.. destruction.KeyIds], cancellation)).ToDictionary(k => k.KeyId);
        var entries = await EntriesAsync(database, reportId, cancellation);
        request.Records(report: reportId);
        return TypedResults.Ok(new DestructionProof(reportId, destruction.Ground, destruction.OrderedAt, destruction.Organization, destruction.DestroyedAt,
            destruction.DestroyedAt?.AddDays(settings.KeyBackupDays),
            [.. destruction.KeyIds.Select(id => new ProvenKey(id, stored.GetValueOrDefault(id)?.DestroyedAt, stored.GetValueOrDefault(id)?.DestroyedFor))], entries));
    }

    // As the service: of the chain no organization sees anything.
    private static async Task<IReadOnlyList<ProvenEntry>> EntriesAsync(NpgsqlDataSource database, Guid reportId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Entries);
        command.Parameters.Add(new() { Value = reportId });
        command.Parameters.Add(new() { Value = new[] { LedgerActions.KeyDestructionOrdered, LedgerActions.KeyDestroyed } });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<ProvenEntry>();
        while (await row.ReadAsync(cancellation))
        {
            entries.Add(new(row.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2),
                row.IsDBNull(3) ? null : row.GetInt64(3), row.IsDBNull(4) ? null : Convert.ToHexStringLower(row.GetFieldValue<byte[]>(4))));
        }
        return entries;
    }
}
