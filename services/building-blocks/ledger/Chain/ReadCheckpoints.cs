using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Ledger.Chain;

/// <summary><c>GET /v1/ledger/checkpoints?after=&amp;limit=</c>: what was signed, so that a ledger that is cut off or written anew is found by those who kept it.</summary>
public static class ReadCheckpoints
{
    /// <summary>Maps it; it needs the scope <c>audit.read</c>.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes) => routes.Operations().MapGet("/v1/ledger/checkpoints", HandleAsync)
        .RequireScope("audit.read", kinds: "county state").RecordsNothing("It shows hashes and signatures, of no record.").WithName("ListCheckpoints");

    /// <summary>Lists signed checkpoints of the ledger: whoever keeps them finds out when it is cut off or written anew.</summary>
    private static async Task<Results<Ok<Page<SignedCheckpoint>>, ProblemHttpResult>> HandleAsync(NpgsqlDataSource database, LedgerSettings settings, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<long>(errors) ?? 0;
        if (errors.Any)
            return errors.ToProblem();
        await using var command = database.CreateCommand("select position, hash, at, key_id, signature from ledger_checkpoints where position > $1 order by position limit $2");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = page.Size + 1 });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var found = new List<SignedCheckpoint>();
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new(settings.Ledger, row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3),
                Convert.ToBase64String(row.GetFieldValue<byte[]>(4))));
        }
        return TypedResults.Ok(page.Of(found, checkpoint => checkpoint, checkpoint => checkpoint.Position));
    }
}
