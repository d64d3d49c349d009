using Npgsql;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>The statements on the outbox; those of the relay run on its one connection.</summary>
internal static class OutboxReader
{
    public const int BatchSize = 500;

    // From $1 on. A refused message holds back later ones of its key until it is tried again, so that they stay in order; nobody else waits.
    private static string Select(string lanes) => $"""
        select sequence, message_id, ordering_key, destination, type, body, trace_parent, timer_token, sent_at, attempts, created_at, routing_key
        from outbox o
        where sequence >= $1 and {lanes} and (not_before is null or not_before <= now())
          and not exists (select from outbox held where held.ordering_key = o.ordering_key and held.sequence < o.sequence
              and held.not_before is not null and (held.not_before > now() or held.sequence < $1))
        order by sequence limit {BatchSize}
        """;

    private static readonly string SelectAll = Select("true");
    private static readonly string SelectLanes = Select(RelayLanes.Condition);

    /// <summary>Deletes what has been sent and reads what is next from the sequence <paramref name="from"/> on, in one round trip.</summary>
    public static async Task<IReadOnlyList<OutboxRow>> SweepAsync(
        NpgsqlConnection connection, RelayLanes lanes, IReadOnlyCollection<long> sent, long from, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (sent.Count > 0)
            batch.BatchCommands.Add(Delete(sent));
        batch.BatchCommands.Add(new(lanes.HasAll ? SelectAll : SelectLanes) { Parameters = { new() { Value = from } } });
        if (!lanes.HasAll)
            batch.BatchCommands[^1].Parameters.Add(new() { Value = lanes.Held });
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
                SentAt = reader.GetFieldValue<DateTimeOffset>(8),
                Attempts = reader.GetInt32(9),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(10),
                RoutingKey = reader.IsDBNull(11) ? null : reader.GetString(11),
            });
        return rows;
    }

    public static async Task DeleteAsync(NpgsqlConnection connection, IReadOnlyCollection<long> sent, CancellationToken cancellation)
    {
        if (sent.Count == 0)
            return;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Delete(sent) } };
        await batch.ExecuteNonQueryAsync(cancellation);
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

    /// <summary>Tries these later, without a count: the broker has not answered.</summary>
    public static async Task PutOffAsync(NpgsqlConnection connection, IReadOnlyCollection<long> unanswered, TimeSpan delay, CancellationToken cancellation)
    {
        await using var update = new NpgsqlCommand("update outbox set not_before = now() + $2, last_error = 'The broker did not answer.' where sequence = any($1)", connection)
        {
            Parameters = { new() { Value = unanswered.ToArray() }, new() { Value = delay } },
        };
        await update.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>How long the oldest message has waited; zero when there is none.</summary>
    public static async Task<TimeSpan> OldestAsync(UnitStore store, CancellationToken cancellation)
    {
        await using var command = store.Database.CreateCommand(
            "select coalesce((select extract(epoch from now() - created_at) from outbox order by sequence limit 1), 0)::float8");
        return TimeSpan.FromSeconds((double)(await command.ExecuteScalarAsync(cancellation))!);
    }

    /// <summary>Adds messages that were sent before, with their ids and their time.</summary>
    public static NpgsqlBatchCommand AddAsSent(IReadOnlyList<OutboxRow> rows) => new("""
        insert into outbox (message_id, ordering_key, destination, routing_key, type, body, trace_parent, timer_token, sent_at)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::text[], $8::uuid[], $9::timestamptz[])
        """)
    {
        Parameters =
        {
            new() { Value = rows.Select(r => r.MessageId).ToArray() },
            new() { Value = rows.Select(r => r.OrderingKey).ToArray() },
            new() { Value = rows.Select(r => r.Destination).ToArray() },
            new() { Value = rows.Select(r => r.RoutingKey).ToArray() },
            new() { Value = rows.Select(r => r.Type).ToArray() },
            new() { Value = rows.Select(r => r.Body).ToArray() },
            new() { Value = rows.Select(r => r.TraceParent).ToArray() },
            new() { Value = rows.Select(r => r.TimerToken).ToArray() },
            new() { Value = rows.Select(r => r.SentAt.ToUniversalTime()).ToArray() },
        },
    };

    public static NpgsqlBatchCommand Delete(IReadOnlyCollection<long> sequences) =>
        new("delete from outbox where sequence = any($1)") { Parameters = { new() { Value = sequences.ToArray() } } };
}
