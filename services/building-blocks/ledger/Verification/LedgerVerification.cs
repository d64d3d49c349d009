using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.Ledger.Verification;

/// <summary>Verifies a service's ledger: reads all of it, as one moment saw it, recomputes the chain and checks what was signed. It streams and changes nothing.</summary>
public static class LedgerVerification
{
    // In the order of the chain, which is nearly that of the entries: one index lookup each, and nothing is kept.
    private static readonly string Chain = $"""
        select k.position, k.entry_id, k.hash, {EntryColumns.Sql}
        from ledger_links k left join ledger l on l.entry_id = k.entry_id order by k.position
        """;

    private const string Unlinked = """
        select l.entry_id, exists (select from ledger_unlinked u where u.entry_id = l.entry_id)
        from ledger l where not exists (select from ledger_links k where k.entry_id = l.entry_id) order by l.entry_id
        """;

    private const string NeverLinked = """
        select u.entry_id from ledger_unlinked u
        where not exists (select from ledger l where l.entry_id = u.entry_id) and not exists (select from ledger_links k where k.entry_id = u.entry_id) order by 1
        """;

    private const string Checkpoints = "select c.position, c.hash, c.at, c.key_id, c.signature from ledger_checkpoints c order by c.position";

    /// <summary>Verifies the ledger in a database, and holds it against what witnesses have.</summary>
    /// <param name="connectionString">For a role that may read the ledger's tables, and is better not the service's own.</param>
    /// <param name="ledger">Whose ledger it is: the service's name, or the node's.</param>
    /// <param name="keys">The public keys of ledgers and witnesses.</param>
    /// <param name="testimony">What witnesses have, read before: so that nothing in it can be newer than what is verified.</param>
    /// <param name="kept">Checkpoints that were kept elsewhere by hand.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<VerificationResult> RunAsync(string connectionString, string ledger, KnownKeys keys, Testimony testimony,
        IReadOnlyList<KeptCheckpoint> kept, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var findings = new Findings();
        var (signed, now) = await ReadCheckpointsAsync(connection, ledger, cancellation);
        foreach (var checkpoint in signed)
            CheckSignature(checkpoint, keys, findings);
        var hearing = new Hearing(ledger, keys, findings);
        hearing.Take(testimony);
        hearing.Miss(signed);
        var held = new HeldAgainst();
        foreach (var checkpoint in signed)
            held.Add(checkpoint.Position, checkpoint.Hash, null);
        foreach (var statement in hearing.True)
            held.Add(statement.Checkpoint.Position, statement.Checkpoint.Hash, statement.Witness);
        foreach (var checkpoint in kept)
            held.Add(checkpoint.Position, Convert.ToHexStringLower(checkpoint.Hash), null);
        var walk = new ChainWalk(findings);
        var linked = await WalkAsync(connection, walk, held, cancellation);
        held.End(walk.Position, findings);
        var waiting = await FindUnlinkedAsync(connection, findings, cancellation);
        return new(ledger, linked, waiting, signed.Count, walk.Position, Convert.ToHexStringLower(walk.Hash), hearing.Witnesses, now, findings.First, findings.Count);
    }

    /// <summary>Notes on the ledger itself that it was verified, by whom in the database, and with what result.</summary>
    public static async Task NoteAsync(string connectionString, VerificationResult result, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var note = new NpgsqlCommand(
            "insert into ledger (at, action, subject, facts) values (now(), $1, session_user, json_build_object('position', $2, 'findings', $3))", connection);
        note.Parameters.Add(new() { Value = LedgerActions.LedgerVerified });
        note.Parameters.Add(new() { Value = result.Position });
        note.Parameters.Add(new() { Value = result.FindingCount });
        await note.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<long> WalkAsync(NpgsqlConnection connection, ChainWalk walk, HeldAgainst held, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, "set local enable_hashjoin = off; set local enable_mergejoin = off; set local enable_sort = off; set local jit = off", cancellation);
        var linked = 0L;
        await using (var command = new NpgsqlCommand(Chain, connection))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            for (; await row.ReadAsync(cancellation); linked++)
            {
                walk.Take(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.IsDBNull(3) ? null : EntryColumns.Read(row, 3));
                held.Take(walk.Position, walk.Hash);
            }
        }
        walk.End();
        await ExecuteAsync(connection, "set local enable_hashjoin = on; set local enable_mergejoin = on; set local enable_sort = on", cancellation);
        return linked;
    }

    private static async Task<long> FindUnlinkedAsync(NpgsqlConnection connection, Findings findings, CancellationToken cancellation)
    {
        var waiting = 0L;
        await using (var command = new NpgsqlCommand(Unlinked, connection))
        await using (var row = await command.ExecuteReaderAsync(cancellation))
        {
            while (await row.ReadAsync(cancellation))
            {
                if (row.GetBoolean(1))
                    waiting++;
                else
                    findings.Add(FindingKind.InsertedEntry, row.GetInt64(0), null, $"Entry {row.GetInt64(0)} is not in the chain and does not wait for it: it was inserted, or its link was removed.");
            }
        }
        await using var lost = new NpgsqlCommand(NeverLinked, connection);
        await using var gone = await lost.ExecuteReaderAsync(cancellation);
        while (await gone.ReadAsync(cancellation))
            findings.Add(FindingKind.RemovedEntry, gone.GetInt64(0), null, $"Entry {gone.GetInt64(0)} was removed before it was linked.");
        return waiting;
    }

    private static async Task<(IReadOnlyList<SignedCheckpoint> All, DateTimeOffset Now)> ReadCheckpointsAsync(NpgsqlConnection connection, string ledger, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("select now()"), new(Checkpoints) } };
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var now = row.GetFieldValue<DateTimeOffset>(0);
        await row.NextResultAsync(cancellation);
        var all = new List<SignedCheckpoint>();
        while (await row.ReadAsync(cancellation))
        {
            all.Add(new(ledger, row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3),
                Convert.ToBase64String(row.GetFieldValue<byte[]>(4))));
        }
        return (all, now);
    }

    private static void CheckSignature(SignedCheckpoint checkpoint, KnownKeys keys, Findings findings)
    {
        if (keys.Find(checkpoint.Ledger, checkpoint.KeyId) is not { } key)
            findings.Add(FindingKind.UnknownKey, null, checkpoint.Position, $"The checkpoint at position {checkpoint.Position} names key {checkpoint.KeyId}, which was not given. Give its public key too, if it was ever yours.");
        else if (!key.HasSigned(checkpoint))
            findings.Add(FindingKind.FalseSignature, null, checkpoint.Position, $"The signature of the checkpoint at position {checkpoint.Position} is false.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
