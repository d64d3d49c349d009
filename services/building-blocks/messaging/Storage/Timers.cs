using Npgsql;
using NpgsqlTypes;

namespace SafeHarbor.Messaging.Storage;

/// <summary>The statements of durable timers. Due times come from the database's clock, the only one that all instances share.</summary>
internal static class Timers
{
    /// <summary>
    /// Moves what is due into the outbox, under the timer's token as message id, in one statement: a timer is either still pending or already
    /// on its way, never both and never neither. Returns how late each was, in seconds.
    /// </summary>
    public const string FireDue = """
        with due as (
            delete from timers where token = any(array(
                select token from timers where due_at <= now() order by due_at limit 500 for update skip locked))
            returning *),
        fired as (
            insert into outbox (message_id, ordering_key, destination, type, body, trace_parent, timer_token)
            select token, ordering_key, destination, type, body, trace_parent, token from due order by due_at)
        select extract(epoch from now() - due_at)::float8 from due
        """;

    /// <summary>Milliseconds until the next timer is due, null when there is none.</summary>
    public const string NextDue = "select (extract(epoch from (select due_at from timers order by due_at limit 1) - now()) * 1000)::float8";

    public static NpgsqlBatchCommand Start(IReadOnlyList<TimerRow> timers) => new("""
        insert into timers (token, due_at, ordering_key, destination, type, body, trace_parent)
        select token, coalesce(due_at, now() + delay), ordering_key, destination, type, body, trace_parent
        from unnest($1::uuid[], $2::interval[], $3::uuid[], $4::text[], $5::text[], $6::bytea[], $7::text[], $8::timestamptz[])
            t(token, delay, ordering_key, destination, type, body, trace_parent, due_at)
        """)
    {
        Parameters =
        {
            Array(timers, t => t.Token, NpgsqlDbType.Uuid),
            Array(timers, t => t.Delay, NpgsqlDbType.Interval),
            Array(timers, t => t.OrderingKey, NpgsqlDbType.Uuid),
            Array(timers, t => t.Destination, NpgsqlDbType.Text),
            Array(timers, t => t.Type, NpgsqlDbType.Text),
            Array(timers, t => t.Body, NpgsqlDbType.Bytea),
            Array(timers, t => t.TraceParent, NpgsqlDbType.Text),
            // Of one that was started elsewhere; the others are due by this database's clock.
            Array(timers, t => t.DueAt == default ? (DateTimeOffset?)null : t.DueAt.ToUniversalTime(), NpgsqlDbType.TimestampTz),
        },
    };

    public static NpgsqlBatchCommand Cancel(Guid[] tokens) =>
        new("delete from timers where token = any($1)") { Parameters = { new() { Value = tokens } } };

    private static NpgsqlParameter Array<T>(IReadOnlyList<TimerRow> timers, Func<TimerRow, T> value, NpgsqlDbType type) =>
        new() { Value = timers.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
