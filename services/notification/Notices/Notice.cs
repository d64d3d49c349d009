using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.Notification.Notices;

/// <summary>What an organization is to be told.</summary>
internal sealed class Notice
{
    public Guid Id { get; set; }
    public Organization Organization { get; set; } = null!;
    /// <summary>Whom there; null for the organization as such.</summary>
    public string? Duty { get; set; }
    /// <summary>Its place in its organization's feed; null until it is addressed.</summary>
    public long? Number { get; set; }
    /// <summary>The encounter; null when it is about the system itself, and nobody is told how it was delivered.</summary>
    public Guid? EncounterId { get; set; }
    public Guid RequestedBy { get; set; }
    /// <summary>The key under which the outcome goes back to whoever keeps what asked.</summary>
    public string? Keeper { get; set; }
    public string Type { get; set; } = "";
    public string Source { get; set; } = "";
    public Guid Subject { get; set; }
    public string SubjectKind { get; set; } = "";
    public string Link { get; set; } = "";
    public Guid? ReportId { get; set; }
    public string Urgency { get; set; } = "";
    public DateTimeOffset? DueAt { get; set; }
    /// <summary>When an endpoint should have taken it: when what it tells of is due, while it is under way. The database says so.</summary>
    public DateTimeOffset? DeliverBy { get; private set; }
    /// <summary>Until when it waits in the feed to be read; null when it does not.</summary>
    public DateTimeOffset? ReadBy { get; set; }
    /// <summary>It is about a drill.</summary>
    public bool Drill { get; set; }
    public DateTimeOffset RequestedAt { get; set; }
    public string State { get; set; } = NoticeStates.Requested;
    /// <summary>Why it is undeliverable.</summary>
    public string? Reason { get; set; }
    /// <summary>When the event of that name was published: each is published once.</summary>
    public DateTimeOffset? FailingAt { get; set; }
    /// <inheritdoc cref="FailingAt"/>
    public DateTimeOffset? DeliveredAt { get; set; }
    /// <inheritdoc cref="FailingAt"/>
    public DateTimeOffset? UndeliverableAt { get; set; }

    public static Notice From(NoticeRequested request) => new()
    {
        Id = request.NoticeId,
        Organization = request.Organization,
        Duty = request.Duty,
        EncounterId = request.EncounterId,
        RequestedBy = request.RequestedBy,
        Keeper = request.Keeper,
        Type = request.Type,
        Source = request.Source,
        Subject = request.Subject,
        SubjectKind = request.SubjectKind,
        Link = request.Link,
        ReportId = request.ReportId,
        Urgency = request.Urgency,
        DueAt = request.DueAt,
        Drill = request.Drill,
        RequestedAt = request.At,
    };

    public static Notice From(SystemNoticeRequested request) => new()
    {
        Id = request.NoticeId,
        Organization = request.Organization,
        RequestedBy = request.Subject,
        Type = request.Type,
        Source = request.Source,
        Subject = request.Subject,
        SubjectKind = request.SubjectKind,
        Link = request.Link,
        Urgency = request.Urgency,
        DueAt = request.DueAt,
        RequestedAt = request.At,
    };
}

/// <summary>How far a notice is.</summary>
internal static class NoticeStates
{
    /// <summary>No endpoint has been looked up yet.</summary>
    public const string Requested = "REQUESTED";
    /// <summary>It is being sent.</summary>
    public const string Sending = "SENDING";
    /// <summary>Every attempt has failed so far; it goes on being sent.</summary>
    public const string Failing = "FAILING";
    /// <summary>It waits to be read: the organization has no endpoint, and reads its feed.</summary>
    public const string InFeed = "IN_FEED";
    /// <summary>An endpoint has taken it, or the organization has read it in its feed.</summary>
    public const string Delivered = "DELIVERED";
    /// <summary>It was given up; whoever asked for it has been told.</summary>
    public const string Undeliverable = "UNDELIVERABLE";
}
