using Npgsql;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.History;

/// <summary>
/// Years of finished encounters: one journey is seen through to its end, and the rows that it left are copied with other ids and earlier times.
/// What a schema gains or loses is copied or left out by itself.
/// </summary>
internal static class OldEncounters
{
    private const int Batch = 5000;

    // Ids that carry their time keep carrying it, so that old rows lie before new ones in every index; the others are as random as they were.
    // Half a minute lies between one encounter and the next, and a day between the latest and now.
    private const string Aged = """
        create function pg_temp.ago(g bigint) returns interval language sql immutable as $$ select interval '1 day' + g * interval '30 seconds' $$;
        create function pg_temp.aged(id uuid, g bigint) returns uuid language sql immutable as $$
            select case when substr(id::text, 15, 1) = '7'
                then (lpad(to_hex(('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint - 86400000 - g * 30000), 12, '0') || '7' || substr(md5(id::text || g), 14))::uuid
                else md5(id::text || g)::uuid end $$;
        set session_replication_role = replica;
        set synchronous_commit = off;
        """;

    // The days of the past as a service that ran then would have left them: those since yesterday are there already.
    private static readonly string InboxDays = $"""
        do $$ declare day date; part text; begin
            for day in select generate_series((now() at time zone 'utc')::date - {LeftBehind.DaysKept}, (now() at time zone 'utc')::date - 2, interval '1 day') loop
                part := 'inbox_' || to_char(day, 'YYYYMMDD');
                execute format('create table if not exists %I partition of inbox for values from (%L) to (%L)', part, day, day + 1);
                execute format('alter table %I owner to %I', part, (select tableowner from pg_tables where schemaname = 'public' and tablename = 'inbox'));
            end loop;
        end $$
        """;

    public static async Task LoadAsync(Stage stage, int count, Action<string> say, CancellationToken cancellation)
    {
        await Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        var since = await NextTransactionAsync(stage, cancellation);
        stage.Crew.SeesThrough = true;
        using var journeys = new Journeys(new Officer(stage.Apis), stage.Crew);
        var template = await journeys.RunAsync(ReportKind.Plain, cancellation);
        stage.Crew.SeesThrough = false;
        await Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        foreach (var kind in ServiceKind.All)
            await LoadAsync(stage, kind, template.EncounterId, since, count, say, cancellation);
    }

    // Transactions are numbered across all databases of a server.
    private static async Task<long> NextTransactionAsync(Stage stage, CancellationToken cancellation)
    {
        await using var connection = stage.Connect(ServiceKind.Intake);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task LoadAsync(Stage stage, ServiceKind kind, Guid template, long since, int count, Action<string> say, CancellationToken cancellation)
    {
        await using var connection = stage.Connect(kind);
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, Aged, cancellation);
        await ExecuteAsync(connection, InboxDays, cancellation);
        foreach (var table in LeftBehind.All.Where(table => table.Service == kind))
        {
            // Kept aside, because among the copies the template would be found again.
            await ExecuteAsync(connection, $"create temp table template as select * from {table.Name} where false", cancellation);
            await ExecuteAsync(connection, $"insert into template select * from {table.Name} where {table.Rows}", cancellation, template, since);
            var copy = await CopyOfAsync(connection, table, cancellation);
            for (var from = 1; from <= count; from += Batch)
                await ExecuteAsync(connection, copy, cancellation, from, Math.Min(count, from + Batch - 1));
            await ExecuteAsync(connection, "drop table template", cancellation);
        }
        // As an old system's tables are: autovacuum has been there.
        await ExecuteAsync(connection, "vacuum analyze", cancellation);
        await ExecuteAsync(connection, "checkpoint", cancellation);
        say($"{count} old encounters in {kind.Name}");
    }

    private static async Task<string> CopyOfAsync(NpgsqlConnection connection, LeftBehind table, CancellationToken cancellation)
    {
        var overrides = table.Overrides.ToDictionary();
        var (columns, values) = (new List<string>(), new List<string>());
        await using var command = new NpgsqlCommand(
            "select column_name, data_type from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position", connection)
        {
            Parameters = { new() { Value = table.Name } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (column, type) = (reader.GetString(0), reader.GetString(1));
            columns.Add(column);
            values.Add(overrides.GetValueOrDefault(column) ?? type switch
            {
                "uuid" => $"pg_temp.aged(t.{column}, g)",
                "timestamp with time zone" => $"t.{column} - pg_temp.ago(g)",
                _ => $"t.{column}",
            });
        }
        var kept = table.IsForgotten ? $"pg_temp.ago(g) < interval '{LeftBehind.DaysKept} days'" : "true";
        return $"insert into {table.Name} ({string.Join(", ", columns)}) select {string.Join(", ", values)} from generate_series($1::bigint, $2::bigint) g, template t where {kept}";
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter is int number ? (long)number : parameter });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
