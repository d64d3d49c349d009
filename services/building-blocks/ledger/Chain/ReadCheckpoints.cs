using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Ledger.Chain;

/// <summary>A checkpoint for somebody who keeps it elsewhere.</summary>
/// <param name="Position">How many entries the chain had.</param>
/// <param name="Hash">Its last hash, hexadecimal.</param>
/// <param name="At">When it was signed.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, r and s, base64; over what docs/ledger.md says.</param>
public sealed record CheckpointView(long Position, string Hash, DateTimeOffset At, string KeyId, string Signature);

/// <summary>Checkpoints in their order.</summary>
/// <param name="Service">Whose ledger.</param>
/// <param name="Items">The page.</param>
/// <param name="Next">What to give as <c>after</c> for the following ones; null at the end.</param>
public sealed record CheckpointPage(string Service, IReadOnlyList<CheckpointView> Items, long? Next);

/// <summary><c>GET /v1/ledger/checkpoints?after=&amp;limit=</c>: what was signed, so that a ledger that is cut off or written anew is found by those who kept it.</summary>
internal static class ReadCheckpoints
{
    private const int Usual = 50;
    private const int Most = 200;

    public static async Task<Results<Ok<CheckpointPage>, ProblemHttpResult>> HandleAsync(NpgsqlDataSource database, LedgerSettings settings,
        CancellationToken cancellation, long after = 0, int? limit = null)
    {
        if (limit is < 1 or > Most)
            return new ValidationErrors().AddParameter("limit", "out-of-range", $"Give 1 to {Most}.").ToProblem();
        var size = limit ?? Usual;
        await using var command = database.CreateCommand("select position, hash, at, key_id, signature from ledger_checkpoints where position > $1 order by position limit $2");
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = size + 1 });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var found = new List<CheckpointView>();
        while (await row.ReadAsync(cancellation))
        {
            found.Add(new(row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3),
                Convert.ToBase64String(row.GetFieldValue<byte[]>(4))));
        }
        return TypedResults.Ok(new CheckpointPage(settings.Service, [.. found.Take(size)], found.Count > size ? found[size - 1].Position : null));
    }
}
