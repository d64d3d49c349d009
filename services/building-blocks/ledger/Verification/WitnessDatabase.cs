using Npgsql;
using SafeHarbor.Ledger.Witnesses;

namespace SafeHarbor.Ledger.Verification;

/// <summary>What a service or a node has witnessed of other ledgers, in its database.</summary>
public static class WitnessDatabase
{
    private const string Witnessed = """
        select ledger, position, hash, at, key_id, signature, witnessed_at, witness_key_id, witness_signature from ledger_witnessed
        where $1::text is null or ledger = $1 order by ledger, position
        """;

    private const string Contradictions = "select ledger, position, at, before_position, before_at from ledger_contradictions where $1::text is null or ledger = $1 order by found_at";

    /// <summary>Reads it.</summary>
    /// <param name="connectionString">For a role that may read the ledger's tables.</param>
    /// <param name="witness">Whose database it is.</param>
    /// <param name="ledger">Of this ledger; null for all.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<Testimony> ReadAsync(string connectionString, string witness, string? ledger, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Witnessed), new(HeardLedger.Select), new(Contradictions) } };
        foreach (var at in (int[])[0, 2])
            batch.BatchCommands[at].Parameters.Add(new() { Value = (object?)ledger ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        var statements = new List<Statement>();
        while (await row.ReadAsync(cancellation))
            statements.Add(Read(row, witness));
        await row.NextResultAsync(cancellation);
        statements.AddRange((await HeardLedger.ReadAsync(row, cancellation)).Where(h => ledger is null || h.Ledger == ledger).Select(h => new Statement(witness, h.Checkpoint)));
        await row.NextResultAsync(cancellation);
        var contradictions = new List<HeardContradiction>();
        while (await row.ReadAsync(cancellation))
            contradictions.Add(new(witness, row.GetString(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)));
        return new(statements, contradictions);
    }

    private static Statement Read(NpgsqlDataReader row, string witness) => new(witness, new(row.GetString(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)),
        row.GetFieldValue<DateTimeOffset>(3), row.GetString(4), Convert.ToBase64String(row.GetFieldValue<byte[]>(5))))
    {
        Countersigned = row.IsDBNull(7) ? null : new(row.GetFieldValue<DateTimeOffset>(6), row.GetString(7), Convert.ToBase64String(row.GetFieldValue<byte[]>(8))),
    };
}
