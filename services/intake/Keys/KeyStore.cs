using Npgsql;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>A key as the store has it: wrapped, or destroyed at a time and for a reason.</summary>
public sealed record StoredKey(WrappedKey? Wrapped, DateTimeOffset? DestroyedAt, string? DestroyedFor, Guid KeyId);

/// <summary>
/// The wrapped keys, in a database of their own. Whatever keeps it from answering is a <see cref="KeysUnavailableException"/>.
/// </summary>
public sealed partial class KeyStore(NpgsqlDataSource database, TimeProvider time, ILogger<KeyStore> log) : IAsyncDisposable
{
    private const string Columns = "key_id, wrapped_key, wrapped_by, destroyed_at, destroyed_for";

    internal NpgsqlDataSource Database => database;

    /// <summary>Ends its connections.</summary>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>Keeps keys that are new, in one statement; when it returns they are on disk.</summary>
    public Task AddAsync(IReadOnlyList<WrappedKey> keys, CancellationToken cancellation) => AskAsync(async () =>
    {
        await using var command = database.CreateCommand(
            "insert into keys (key_id, wrapped_key, wrapped_by, made_at) select k, w, b, $4 from unnest($1::uuid[], $2::bytea[], $3::text[]) as t (k, w, b)");
        return await With(command, keys.Select(k => k.Id).ToArray(), keys.Select(k => k.Wrapped).ToArray(), keys.Select(k => k.By).ToArray(), time.GetUtcNow())
            .ExecuteNonQueryAsync(cancellation);
    });

    /// <summary>Those of these keys that the store knows.</summary>
    public Task<IReadOnlyList<StoredKey>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        AskAsync(() => ReadAsync(With(database.CreateCommand($"select {Columns} from keys where key_id = any($1)"), ids.ToArray()), cancellation));

    /// <summary>The key of a purpose: <paramref name="fresh"/> when there was none, however many instances ask at once.</summary>
    public Task<WrappedKey> KeepAsync(string purpose, WrappedKey fresh, CancellationToken cancellation) => AskAsync(async () =>
    {
        await using (var insert = database.CreateCommand(
            "insert into keys (key_id, purpose, wrapped_key, wrapped_by, made_at) values ($1, $2, $3, $4, $5) on conflict (purpose) where purpose is not null do nothing"))
        {
            await With(insert, fresh.Id, purpose, fresh.Wrapped, fresh.By, time.GetUtcNow()).ExecuteNonQueryAsync(cancellation);
        }
        return (await FindAsync(purpose, cancellation))!;
    });

    /// <summary>The key of a purpose; null when there is none yet.</summary>
    public Task<WrappedKey?> FindAsync(string purpose, CancellationToken cancellation) => AskAsync(async () =>
        (await ReadAsync(With(database.CreateCommand($"select {Columns} from keys where purpose = $1"), purpose), cancellation)).SingleOrDefault()?.Wrapped);

    /// <summary>
    /// Destroys keys: what they sealed is unreadable from now on, here and in every copy of the details. It cannot be undone; the rows stay and say when
    /// and why. Those that are destroyed already, or unknown, are passed over. How many it destroyed.
    /// </summary>
    public async Task<int> DestroyAsync(IReadOnlyCollection<Guid> ids, string reason, CancellationToken cancellation)
    {
        var destroyed = await AskAsync(async () =>
        {
            await using var command = database.CreateCommand(
                "update keys set wrapped_key = null, destroyed_at = $2, destroyed_for = $3 where key_id = any($1) and wrapped_key is not null");
            return await With(command, ids.ToArray(), time.GetUtcNow(), reason).ExecuteNonQueryAsync(cancellation);
        });
        if (destroyed > 0)
            await VacuumAsync(cancellation);
        return destroyed;
    }

    // An update leaves the row's old version, with the wrapped key, in the table's file until a vacuum: it is not left to chance when that is.
    private async Task VacuumAsync(CancellationToken cancellation)
    {
        try
        {
            await using var vacuum = database.CreateCommand("vacuum (truncate off) keys");
            await vacuum.ExecuteNonQueryAsync(cancellation);
        }
        catch (NpgsqlException e)
        {
            LogNotVacuumed(log, e.SqlState ?? e.GetType().Name);
        }
    }

    private static NpgsqlCommand With(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }

    private static async Task<IReadOnlyList<StoredKey>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            List<StoredKey> keys = [];
            while (await reader.ReadAsync(cancellation))
            {
                keys.Add(new(
                    reader.IsDBNull(1) ? null : new(reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2)),
                    reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetGuid(0)));
            }
            return keys;
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NpgsqlException e)
        {
            throw new KeysUnavailableException($"The key store does not answer ({e.SqlState ?? e.GetType().Name}). Check ConnectionStrings:Keys, its server, and whether it was migrated.", e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Keys were destroyed, but their table was not vacuumed ({Reason}); autovacuum does it later.")]
    private static partial void LogNotVacuumed(ILogger logger, string reason);
}
