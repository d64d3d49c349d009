using Npgsql;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.Meters;

/// <summary>A table's size with its indexes and partitions, and rows that are deleted and still take room.</summary>
internal sealed record TableSize(long Bytes, long DeadRows);

/// <summary>The tables through which every message passes: whether they grow with what has gone through, or stay small.</summary>
/// <param name="Messages">That the service has sent so far.</param>
/// <param name="Outbox">Empty but for what is on its way.</param>
/// <param name="Timers">Those that are running.</param>
/// <param name="Inbox">Grows until its oldest day is dropped; nothing in it dies.</param>
internal sealed record ServiceTables(long Messages, TableSize Outbox, TableSize Timers, TableSize Inbox)
{
    private const string Query = """
        select n.name, coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'sequence')), 0),
               sum(pg_total_relation_size(s.relid))::bigint, sum(s.n_dead_tup)::bigint
        from unnest(array['outbox', 'timers', 'inbox']) n(name)
        join pg_stat_user_tables s on s.relid = n.name::regclass or s.relid in (select inhrelid from pg_inherits where inhparent = n.name::regclass)
        group by n.name
        """;

    public static async Task<IReadOnlyDictionary<string, ServiceTables>> ReadAsync(Stage stage, CancellationToken cancellation)
    {
        var tables = new Dictionary<string, ServiceTables>();
        foreach (var kind in ServiceKind.All)
            tables[kind.Name] = await ReadAsync(stage, kind, cancellation);
        return tables;
    }

    private static async Task<ServiceTables> ReadAsync(Stage stage, ServiceKind kind, CancellationToken cancellation)
    {
        await using var connection = stage.Connect(kind);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(Query, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (messages, sizes) = (0L, new Dictionary<string, TableSize>());
        while (await reader.ReadAsync(cancellation))
        {
            messages = reader.GetInt64(1);
            sizes[reader.GetString(0)] = new(reader.GetInt64(2), reader.GetInt64(3));
        }
        return new(messages, sizes["outbox"], sizes["timers"], sizes["inbox"]);
    }
}
