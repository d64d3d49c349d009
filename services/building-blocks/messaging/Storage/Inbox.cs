using Npgsql;
using NpgsqlTypes;

namespace SafeHarbor.Messaging.Storage;

/// <summary>The statements on the inbox; its rows are written with the unit of work that they belong to.</summary>
internal static class Inbox
{
    /// <summary>Inbox tables' names, whichever day: what a unique violation names when a message was dealt with before.</summary>
    public static bool IsAmong(string? table) => table is not null && table.StartsWith("inbox", StringComparison.Ordinal);

    /// <summary>Selects those of the messages that have been dealt with; each looks into the partition of its day only.</summary>
    public static NpgsqlBatchCommand Seen(IReadOnlyList<InboxRow> messages) => new("""
        select i.message_id, i.consumer
        from unnest($1::date[], $2::uuid[], $3::text[]) m(sent_on, message_id, consumer)
        join inbox i on i.sent_on = m.sent_on and i.message_id = m.message_id and i.consumer = m.consumer
        """)
    {
        Parameters =
        {
            new() { Value = messages.Select(m => m.SentOn).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date },
            new() { Value = messages.Select(m => m.MessageId).ToArray() },
            new() { Value = messages.Select(m => m.Consumer).ToArray() },
        },
    };

    public static async Task<IReadOnlySet<(Guid MessageId, string Consumer)>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var seen = new HashSet<(Guid, string)>();
        while (await reader.ReadAsync(cancellation))
            seen.Add((reader.GetGuid(0), reader.GetString(1)));
        return seen;
    }
}
