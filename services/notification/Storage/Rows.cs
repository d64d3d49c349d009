using Npgsql;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Storage;

/// <summary>Rows as hand-written statements select them: the columns, and how they are read from an ordinal on.</summary>
internal static class Rows
{
    /// <summary>Of a notice, under the alias <c>n</c>.</summary>
    public const string Notice = "n.id, n.organization, n.number, n.encounter_id, n.requested_by, n.type, n.source, n.subject, n.report_id, n.urgency, "
        + "n.due_at, n.requested_at, n.state, n.reason, n.failing_at, n.delivered_at, n.undeliverable_at, n.subject_kind, n.link, n.keeper, n.read_by, n.duty, n.drill";

    public const int NoticeColumns = 23;

    /// <summary>Of a delivery, under the alias <c>d</c>.</summary>
    public const string Delivery = "d.id, d.notice_id, d.endpoint_id, d.state, d.reason, d.attempts, d.started_at, d.due_at, d.claim";

    public const int DeliveryColumns = 9;

    /// <summary>The journal of <c>n</c>, as <c>j</c>: its last entry and how many attempts it has.</summary>
    public const string Journal = $"""
        cross join lateral (
            select coalesce(max(number), 0) as last, (count(*) filter (where kind = '{JournalKinds.Attempted}'))::int as attempts
            from journal where notice_id = n.id) j
        """;

    public static Notice ReadNotice(NpgsqlDataReader row, int at) => new()
    {
        Id = row.GetGuid(at),
        Organization = Organization.Parse(row.GetString(at + 1)),
        Number = row.Value<long>(at + 2),
        EncounterId = row.Value<Guid>(at + 3),
        RequestedBy = row.GetGuid(at + 4),
        Type = row.GetString(at + 5),
        Source = row.GetString(at + 6),
        Subject = row.GetGuid(at + 7),
        ReportId = row.Value<Guid>(at + 8),
        Urgency = row.GetString(at + 9),
        DueAt = row.Value<DateTimeOffset>(at + 10),
        RequestedAt = row.GetFieldValue<DateTimeOffset>(at + 11),
        State = row.GetString(at + 12),
        Reason = row.IsDBNull(at + 13) ? null : row.GetString(at + 13),
        FailingAt = row.Value<DateTimeOffset>(at + 14),
        DeliveredAt = row.Value<DateTimeOffset>(at + 15),
        UndeliverableAt = row.Value<DateTimeOffset>(at + 16),
        SubjectKind = row.GetString(at + 17),
        Link = row.GetString(at + 18),
        Keeper = row.IsDBNull(at + 19) ? null : row.GetString(at + 19),
        ReadBy = row.Value<DateTimeOffset>(at + 20),
        Duty = row.IsDBNull(at + 21) ? null : row.GetString(at + 21),
        Drill = row.GetBoolean(at + 22),
    };

    public static NoticeDelivery ReadDelivery(NpgsqlDataReader row, int at) => new()
    {
        Id = row.GetGuid(at),
        NoticeId = row.GetGuid(at + 1),
        EndpointId = row.GetGuid(at + 2),
        State = row.GetString(at + 3),
        Reason = row.IsDBNull(at + 4) ? null : row.GetString(at + 4),
        Attempts = row.GetInt32(at + 5),
        StartedAt = row.GetFieldValue<DateTimeOffset>(at + 6),
        DueAt = row.GetFieldValue<DateTimeOffset>(at + 7),
        Claim = row.Value<Guid>(at + 8),
    };

    public static T? Value<T>(this NpgsqlDataReader row, int at) where T : struct => row.IsDBNull(at) ? null : row.GetFieldValue<T>(at);
}
