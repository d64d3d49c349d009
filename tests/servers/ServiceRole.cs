using Npgsql;

namespace SafeHarbor.TestServers;

/// <summary>Looks at a migrated database through the role of its service, as a statement without any condition would.</summary>
public static class ServiceRole
{
    private const string Tables = "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition";

    /// <summary>The schema's tables that row-level security does not guard; partitions are reached through their table.</summary>
    public static Task<IReadOnlyList<string>> UnguardedAsync(TestDatabase database, CancellationToken cancellation) =>
        OwnerAsync(database, $"{Tables} and not relrowsecurity order by relname", cancellation);

    /// <summary>The tables that row-level security guards.</summary>
    public static Task<IReadOnlyList<string>> GuardedAsync(TestDatabase database, CancellationToken cancellation) =>
        OwnerAsync(database, $"{Tables} and relrowsecurity order by relname", cancellation);

    /// <summary>How many rows <c>select * from TABLE</c> shows a caller in each guarded table, as <c>TABLE COUNT</c>; tables without one are left out.</summary>
    /// <param name="database">The database.</param>
    /// <param name="caller">An organization, <c>service</c>, or nothing at all.</param>
    /// <param name="cancellation">Cancels.</param>
    public static async Task<IReadOnlyList<string>> VisibleAsync(TestDatabase database, string? caller, CancellationToken cancellation)
    {
        await using var service = NpgsqlDataSource.Create(database.ServiceConnectionString);
        await using var connection = await service.OpenConnectionAsync(cancellation);
        if (caller is not null)
        {
            await using var announce = new NpgsqlCommand("select set_config('safeharbor.caller', $1, false)", connection) { Parameters = { new() { Value = caller } } };
            await announce.ExecuteNonQueryAsync(cancellation);
        }
        var visible = new List<string>();
        foreach (var table in await GuardedAsync(database, cancellation))
        {
            await using var select = new NpgsqlCommand($"select to_jsonb(t)::text from (select * from \"{table}\") t", connection);
            if (await ListAsync(select, cancellation) is { Count: > 0 } rows)
                visible.Add($"{table} {rows.Count}");
        }
        return visible;
    }

    /// <summary>Adds a row as the owner: the given columns, and something in every other one that needs a value.</summary>
    public static async Task AddAsync(TestDatabase database, string table, CancellationToken cancellation, params (string Column, object Value)[] values)
    {
        var others = await OwnerAsync(database, $"""
            select quote_ident(attname) || ' ' || case format_type(atttypid, null)
                when 'uuid' then 'gen_random_uuid()' when 'timestamp with time zone' then 'now()' when 'jsonb' then $$'[]'::jsonb$$ when 'bytea' then $$''::bytea$$
                when 'boolean' then 'false' when 'text' then $$''$$ else '0' end
            from pg_attribute
            where attrelid = '{table}'::regclass and attnum > 0 and attnotnull and not atthasdef and attidentity = '' and not attisdropped
            """, cancellation);
        var all = others.Select(o => o.Split(' ', 2)).Where(o => values.All(v => v.Column != o[0])).Select(o => (Column: o[0], Value: o[1]))
            .Concat(values.Select((v, i) => (v.Column, Value: $"${i + 1}"))).ToList();
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await using var insert = owner.CreateCommand(
            $"insert into {table} ({string.Join(", ", all.Select(c => c.Column))}) values ({string.Join(", ", all.Select(c => c.Value))})");
        foreach (var (_, value) in values)
            insert.Parameters.Add(new() { Value = value });
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>What the service's role gets for a statement: an SQL state, or null when it was allowed.</summary>
    public static async Task<string?> RefusalAsync(TestDatabase database, string sql, CancellationToken cancellation)
    {
        var session = new NpgsqlConnectionStringBuilder(database.ServiceConnectionString) { Options = "-c safeharbor.caller=service", Pooling = false };
        await using var service = NpgsqlDataSource.Create(session.ConnectionString);
        try
        {
            await using var command = service.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellation);
            return null;
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private static async Task<IReadOnlyList<string>> OwnerAsync(TestDatabase database, string sql, CancellationToken cancellation)
    {
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = owner.CreateCommand(sql);
        return await ListAsync(command, cancellation);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
