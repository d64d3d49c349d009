using Npgsql;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>What a sweep found: messages to send, and how long until a timer is due.</summary>
internal readonly record struct Sweep(IReadOnlyList<OutboxRow> Rows, TimeSpan? NextDue);

/// <summary>The relay's statements on outbox and timers; all run on the relay's one connection.</summary>
internal static class OutboxReader
{
    public const int BatchSize = 500;

    // A refused message holds back later ones of its key until it is tried again, so that they stay in order; nobody else waits.
    private static readonly string Select = $"""
        select sequence, message_id, ordering_key, destination, type, body, trace_parent, timer_token, attempts
        from outbox o
        where (not_before is null or not_before <= now())
          and not exists (select from outbox held where held.ordering_key = o.ordering_key and held.sequence < o.sequence and held.not_before > now())
        order by sequence limit {BatchSize}
        """;

    public static async Task<Sweep> SweepAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(Timers.FireDue), new(Select), new(Timers.NextDue) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new OutboxRow
            {
                Sequence = reader.GetInt64(0),
                MessageId = reader.GetGuid(1),
                OrderingKey = reader.GetGuid(2),
                Destination = reader.GetString(3),
                Type = reader.GetString(4),
                Body = reader.GetFieldValue<byte[]>(5),
                TraceParent = reader.IsDBNull(6) ? null : reader.GetString(6),
                TimerToken = reader.IsDBNull(7) ? null : reader.GetGuid(7),
                Attempts = reader.GetInt32(8),
            });
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new Sweep(rows, reader.IsDBNull(0) ? null : TimeSpan.FromMilliseconds(Math.Max(0, (double)reader.GetDecimal(0))));
    }

    public static async Task DeleteAsync(NpgsqlConnection connection, long[] sequences, CancellationToken cancellation)
    {
        await using var delete = new NpgsqlCommand("delete from outbox where sequence = any($1)", connection) { Parameters = { new() { Value = sequences } } };
        await delete.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task HoldBackAsync(NpgsqlConnection connection, OutboxRow row, TimeSpan delay, string error, CancellationToken cancellation)
    {
        await using var update = new NpgsqlCommand(
            "update outbox set attempts = attempts + 1, not_before = now() + $2, last_error = $3 where sequence = $1", connection)
        {
            Parameters = { new() { Value = row.Sequence }, new() { Value = delay }, new() { Value = error } },
        };
        await update.ExecuteNonQueryAsync(cancellation);
    }
}
