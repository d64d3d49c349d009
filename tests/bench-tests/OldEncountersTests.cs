using Npgsql;
using SafeHarbor.Bench.History;
using SafeHarbor.Load;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.TestServers;

namespace SafeHarbor.Bench.Tests;

/// <summary>What is measured beside old encounters is only worth something when they left what a journey leaves.</summary>
public sealed class OldEncountersTests
{
    private const int Count = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_has_the_copies_of_all_that_one_journey_left_and_their_receipts_can_be_read()
    {
        // Where ledgers end is told again by the clock: it would add to the inboxes while they are counted.
        var plan = InstallationPlan.ForTests(Checkout.Find(), await Servers.GetAsync(Cancellation)) with { Environment = new Dictionary<string, string?> { ["Ledger__RepeatSeconds"] = "3600" } };
        await using var stage = await Stage.OpenAsync(plan, Cancellation);
        (await stage.Journeys.RunAsync(ReportKind.Plain, Cancellation)).HasEnded.ShouldBeTrue();
        (await Completeness.CheckAsync(stage, Cancellation)).ShouldBeEmpty();
        await OldEncounters.QuietAsync(stage, Cancellation);
        var (before, indexes) = (await CountsAsync(stage), await IndexesAsync(stage));

        await OldEncounters.LoadAsync(stage, Count, _ => { }, Cancellation);

        var left = (await CountsAsync(stage)).Select(table => (table.Key, Rows: table.Value - before.GetValueOrDefault(table.Key))).Where(table => table.Rows != 0).ToList();
        left.Where(table => table.Rows % (Count + 1) != 0).ShouldBeEmpty();
        left.Select(table => table.Key).ShouldBe(LeftBehind.All.Select(table => $"{table.Service.Name} {table.Name}"), ignoreOrder: true);
        (await IndexesAsync(stage)).ShouldBe(indexes);
        foreach (var kind in ServiceKind.All)
            (await RowsAsync(stage, kind, "select count(*) from inbox_other_days", row => row.GetInt64(0))).ShouldBe([0], kind.Name);

        var ids = await RowsAsync(stage, ServiceKind.Intake, "select encounter_id from encounters where received_at < now() - interval '1 day'", row => row.GetGuid(0));
        ids.Count.ShouldBe(Count);
        foreach (var id in ids)
        {
            var receipt = await stage.Apis.GetAsync(ServiceKind.Intake, Officer.Organization, $"/v1/encounters/{id}", Cancellation);
            receipt.Json.GetProperty("timeline").EnumerateArray().Select(entry => entry.GetProperty("type").GetString()).ShouldContain("handoff.accepted.v1", receipt.Text);
        }
    }

    /// <summary>Rows by table, those of partitions with the table that is divided; what only passes through is left out.</summary>
    private static async Task<Dictionary<string, long>> CountsAsync(Stage stage)
    {
        var counts = new Dictionary<string, long>();
        foreach (var kind in ServiceKind.All)
            foreach (var table in await RowsAsync(stage, kind, """
                         select relname::text from pg_class
                         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname not in ('outbox', 'timers', 'ledger_unlinked', 'ledger_checkpoints', 'ledger_witnessed', 'ledger_heard')
                         """, row => row.GetString(0)))
                counts[$"{kind.Name} {table}"] = (await RowsAsync(stage, kind, $"select count(*) from \"{table}\"", row => row.GetInt64(0)))[0];
        return counts;
    }

    private static async Task<IReadOnlyList<string>> IndexesAsync(Stage stage)
    {
        var all = new List<string>();
        foreach (var kind in ServiceKind.All)
            all.AddRange(await RowsAsync(stage, kind, """
                select indexdef || coalesce((select ' ' || contype::text from pg_constraint where conname = indexname), '') from pg_indexes
                where schemaname = 'public' and tablename !~ '^inbox_\d' order by 1
                """, row => $"{kind.Name} {row.GetString(0)}"));
        return all;
    }

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(Stage stage, ServiceKind kind, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var connection = stage.Connect(kind);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(Cancellation))
            rows.Add(read(reader));
        return rows;
    }
}
