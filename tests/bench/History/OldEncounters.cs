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
        await QuietAsync(stage, cancellation);
        var since = await NextTransactionAsync(stage, cancellation);
        stage.Crew.SeesThrough = true;
        using var journeys = new Journeys(new Officer(stage.Apis), stage.Crew);
        var template = await journeys.RunAsync(ReportKind.Plain, cancellation);
        stage.Crew.SeesThrough = false;
        await QuietAsync(stage, cancellation);

        foreach (var kind in ServiceKind.All)
            await ExecuteAsync(stage, kind, InboxDays, cancellation);
        say($"Copying {count} old encounters ...");
        var all = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Parallel.ForEachAsync(LeftBehind.All, all, async (table, cancelled) =>
        {
            await using var connection = stage.Connect(table.Service);
            await connection.OpenAsync(cancelled);
            await new Copies(connection, table).MakeAsync(template.EncounterId, since, count, cancelled);
            say($"{count} old encounters in {table.Service.Name}'s {table.Name}");
        });
        foreach (var kind in ServiceKind.All)
        {
            // As an old system's tables are: autovacuum has been there.
            await ExecuteAsync(stage, kind, "vacuum analyze", cancellation);
            await ExecuteAsync(stage, kind, "checkpoint", cancellation);
        }
        say("Vacuumed and analyzed.");
    }

    private const string Owed = """
        select (select count(*) from outbox) + (select count(*) from ledger_unlinked)
            + (select count(*) from ledger_links where position > (select coalesce(max(position), 0) from ledger_checkpoints))
        """;

    /// <summary>Returns when everything that was decided has been sent, received, linked and signed: until then rows still come.</summary>
    public static async Task QuietAsync(Stage stage, CancellationToken cancellation)
    {
        for (var quiet = 0; quiet < 5;)
        {
            var waiting = 0L;
            foreach (var kind in ServiceKind.All)
            {
                await using var connection = stage.Connect(kind);
                await connection.OpenAsync(cancellation);
                await using var command = new NpgsqlCommand(Owed, connection);
                waiting += (long)(await command.ExecuteScalarAsync(cancellation))!;
            }
            quiet = waiting == 0 ? quiet + 1 : 0;
            await Task.Delay(200, cancellation);
        }
    }

    // Transactions are numbered across all databases of a server.
    private static async Task<long> NextTransactionAsync(Stage stage, CancellationToken cancellation)
    {
        await using var connection = stage.Connect(ServiceKind.Intake);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(Stage stage, ServiceKind kind, string sql, CancellationToken cancellation)
    {
        await using var connection = stage.Connect(kind);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
