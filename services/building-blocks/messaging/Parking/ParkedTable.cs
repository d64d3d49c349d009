using Npgsql;
using NpgsqlTypes;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Parking;

/// <summary>The statements of the table <c>parked</c>.</summary>
internal static class ParkedTable
{
    public const string Columns =
        "id, message_id, destination, type, body, ordering_key, trace_parent, timer_token, sent_at, source, error_type, error, times, parked_at, state, settled_at, settled_by, routing_key";

    public const string Redrive = $"""
        with again as (
            update parked set state = 'REDRIVEN', settled_at = now(), settled_by = $2 || ' ' || $3 where id = $1 and state = 'PARKED' and error_type <> '{OtherInstallationException.Name}' returning *),
        sent as (
            insert into outbox (message_id, ordering_key, destination, routing_key, type, body, trace_parent, timer_token, sent_at)
            select message_id, ordering_key, destination, routing_key, type, body, trace_parent, timer_token, sent_at from again)
        insert into ledger (at, action, organization, subject, about, facts)
        select now(), 'parked.redriven', $2, $3, message_id::text, json_build_object('type', type, 'destination', destination) from again
        """;

    public const string Discard = """
        with given_up as (
            update parked set state = 'DISCARDED', settled_at = now(), settled_by = $2 || ' ' || $3 where id = $1 and state = 'PARKED' returning *)
        insert into ledger (at, action, organization, subject, about, facts)
        select now(), 'parked.discarded', $2, $3, message_id::text, json_build_object('type', type, 'destination', destination) from given_up
        """;

    /// <summary>Adds a message, or parks one again that was sent again; returns how often it has been parked, nothing when it is parked already.</summary>
    public static NpgsqlBatchCommand Insert(ParkedRow row) => new("""
        insert into parked as p (message_id, destination, type, body, ordering_key, trace_parent, timer_token, sent_at, source, error_type, error, routing_key)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (message_id, destination) do update
        set state = 'PARKED', times = p.times + 1, parked_at = now(), settled_at = null, settled_by = null,
            source = excluded.source, error_type = excluded.error_type, error = excluded.error
        where p.state <> 'PARKED'
        returning times
        """)
    {
        Parameters =
        {
            new() { Value = row.MessageId },
            new() { Value = row.Destination },
            new() { Value = row.Type },
            new() { Value = row.Body },
            new() { Value = row.OrderingKey },
            new() { Value = (object?)row.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)row.TimerToken ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = row.SentAt },
            new() { Value = row.Source },
            new() { Value = row.ErrorType },
            // PostgreSQL's text holds no zero character.
            new() { Value = row.Error.Replace('\0', ' ') },
            new() { Value = (object?)row.RoutingKey ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        },
    };

    public static ParkedRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        MessageId = reader.GetGuid(1),
        Destination = reader.GetString(2),
        Type = reader.GetString(3),
        Body = reader.GetFieldValue<byte[]>(4),
        OrderingKey = reader.GetGuid(5),
        TraceParent = reader.IsDBNull(6) ? null : reader.GetString(6),
        TimerToken = reader.IsDBNull(7) ? null : reader.GetGuid(7),
        SentAt = reader.GetFieldValue<DateTimeOffset>(8),
        Source = reader.GetString(9),
        ErrorType = reader.GetString(10),
        Error = reader.GetString(11),
        Times = reader.GetInt32(12),
        ParkedAt = reader.GetFieldValue<DateTimeOffset>(13),
        State = reader.GetString(14),
        SettledAt = reader.IsDBNull(15) ? null : reader.GetFieldValue<DateTimeOffset>(15),
        SettledBy = reader.IsDBNull(16) ? null : reader.GetString(16),
        RoutingKey = reader.IsDBNull(17) ? null : reader.GetString(17),
    };
}
