using Npgsql;

namespace SafeHarbor.Bench.History;

/// <summary>Copies of the rows that one journey left in one table.</summary>
internal sealed class Copies(NpgsqlConnection connection, LeftBehind table)
{
    private const int Batch = 20_000;

    // Ids that carry their time keep carrying it, so that old rows lie before new ones in every index; the others are as random as they were.
    // Half a minute lies between one encounter and the next, and a day between the latest and now.
    // Everything in them is immutable (a number is made text by a cast, not by "||"): only then they become part of the statement, which makes it several times as fast.
    private const string Aged = """
        create function pg_temp.ago(g bigint) returns interval language sql immutable as $$ select interval '1 day' + g * interval '30 seconds' $$;
        create function pg_temp.aged(id uuid, g bigint) returns uuid language sql immutable as $$
            select case when substr(id::text, 15, 1) = '7'
                then (lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint - 86400000 - g * 30000), 12, '0') || '7' || substr(md5(id::text || g::text), 14))::uuid
                else md5(id::text || g::text)::uuid end $$;
        set session_replication_role = replica;
        set synchronous_commit = off;
        set maintenance_work_mem = '256MB';
        """;

    // Millions of random keys are sorted into an index much faster than they are added to it. That of a divided table stays: it holds few.
    private const string Indexes = """
        select format('alter table %I drop constraint %I', $1, conname), format('alter table %I add constraint %I %s', $1, conname, pg_get_constraintdef(oid))
        from pg_constraint where conrelid = $1::regclass and contype in ('p', 'u') and not exists (select from pg_inherits where inhparent = conrelid)
        union all
        select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
        from pg_index where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = indexrelid)
        """;

    public async Task MakeAsync(Guid template, long since, int count, CancellationToken cancellation)
    {
        await ExecuteAsync(Aged, cancellation);
        // Kept aside, because among the copies the template would be found again.
        await ExecuteAsync($"create temp table template as select * from {table.Name} where false", cancellation);
        await ExecuteAsync($"insert into template select * from {table.Name} where {table.Rows}", cancellation, template, since);
        var indexes = await PairsAsync(Indexes, cancellation);
        foreach (var (drop, _) in indexes)
            await ExecuteAsync(drop, cancellation);
        var copy = await StatementAsync(cancellation);
        for (var from = 1L; from <= count; from += Batch)
            await ExecuteAsync(copy, cancellation, from, Math.Min(count, from + Batch - 1));
        foreach (var (_, create) in indexes)
            await ExecuteAsync(create, cancellation);
    }

    private async Task<string> StatementAsync(CancellationToken cancellation)
    {
        var overrides = table.Overrides.ToDictionary();
        var columns = await PairsAsync("select column_name::text, data_type::text from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position", cancellation);
        var values = columns.Select(column => overrides.GetValueOrDefault(column.First) ?? column.Second switch
        {
            "uuid" => $"pg_temp.aged(t.{column.First}, g)",
            "timestamp with time zone" => $"t.{column.First} - pg_temp.ago(g)",
            _ => $"t.{column.First}",
        });
        var kept = table.IsForgotten ? $"pg_temp.ago(g) < interval '{LeftBehind.DaysKept} days'" : "true";
        return $"insert into {table.Name} ({string.Join(", ", columns.Select(column => column.First))}) overriding system value select {string.Join(", ", values)} from generate_series($1::bigint, $2::bigint) g, template t where {kept}";
    }

    private async Task<IReadOnlyList<(string First, string Second)>> PairsAsync(string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = table.Name } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var pairs = new List<(string, string)>();
        while (await reader.ReadAsync(cancellation))
            pairs.Add((reader.GetString(0), reader.GetString(1)));
        return pairs;
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
