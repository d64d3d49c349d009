using Npgsql;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>How many keys a version of the key-encryption key wraps.</summary>
/// <param name="WrappedBy">The version.</param>
/// <param name="Keys">How many.</param>
public sealed record KeysUnder(string WrappedBy, long Keys);

/// <summary>What a rotation asks of the store.</summary>
public sealed partial class KeyStore
{
    // Walks from one version to the next by the index: the table is not read to find that there is nothing to do.
    private const string Versions = """
        with recursive versions as (
            select min(wrapped_by) as id from keys where wrapped_key is not null
            union all
            select (select min(wrapped_by) from keys where wrapped_key is not null and wrapped_by > versions.id) from versions where versions.id is not null)
        select id from versions where id is not null
        """;

    /// <summary>The versions of the key-encryption key that some key is wrapped by.</summary>
    public Task<IReadOnlyList<string>> VersionsAsync(CancellationToken cancellation) => AskAsync<IReadOnlyList<string>>(async () =>
    {
        await using var command = database.CreateCommand(Versions);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<string> versions = [];
        while (await reader.ReadAsync(cancellation))
            versions.Add(reader.GetString(0));
        return versions;
    });

    /// <summary>How many keys each version wraps; and how many were destroyed.</summary>
    public Task<(IReadOnlyList<KeysUnder> Wrapped, long Destroyed)> CountAsync(CancellationToken cancellation) => AskAsync<(IReadOnlyList<KeysUnder>, long)>(async () =>
    {
        await using var command = database.CreateCommand("select wrapped_by, count(wrapped_key), count(*) - count(wrapped_key) from keys group by 1 order by 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<KeysUnder> wrapped = [];
        var destroyed = 0L;
        while (await reader.ReadAsync(cancellation))
        {
            destroyed += reader.GetInt64(2);
            if (reader.GetInt64(1) > 0)
                wrapped.Add(new(reader.GetString(0), reader.GetInt64(1)));
        }
        return (wrapped, destroyed);
    });

    /// <summary>
    /// Wraps the next keys of a version anew, in one transaction, in the order of their ids. Several instances share the work: each passes over what
    /// another one has taken.
    /// </summary>
    /// <param name="version">The version whose keys are taken.</param>
    /// <param name="after">The last id of the batch before.</param>
    /// <param name="most">The batch's size.</param>
    /// <param name="rewrap">Gives the keys that it could wrap anew.</param>
    /// <param name="cancellation">Ends it without effect.</param>
    /// <returns>The last id of the batch, null when there was none.</returns>
    public Task<Guid?> RewrapAsync(string version, Guid after, int most, Func<IReadOnlyList<WrappedKey>, Task<IReadOnlyList<WrappedKey>>> rewrap, CancellationToken cancellation) => AskAsync<Guid?>(async () =>
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var found = await ReadAsync(With(new($"""
            select {Columns} from keys where wrapped_key is not null and wrapped_by = $1 and key_id > $2 order by key_id limit $3 for update skip locked
            """, connection), version, after, most), cancellation);
        if (found.Count == 0)
            return null;
        var anew = await rewrap([.. found.Select(key => key.Wrapped!)]);
        await using var update = new NpgsqlCommand("""
            update keys k set wrapped_key = t.w, wrapped_by = t.b from unnest($1::uuid[], $2::bytea[], $3::text[]) as t (k, w, b) where k.key_id = t.k
            """, connection);
        await With(update, anew.Select(k => k.Id).ToArray(), anew.Select(k => k.Wrapped).ToArray(), anew.Select(k => k.By).ToArray()).ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return found[^1].KeyId;
    });
}
