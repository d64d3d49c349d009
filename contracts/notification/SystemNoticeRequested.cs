namespace SafeHarbor.Contracts.Notification;

/// <summary>
/// Tell an organization that something of the system itself waits for it: about no encounter. It is delivered as any notice is, but nobody is told how that went: whoever asks tells again
/// until it is over.
/// </summary>
[Message("system-notice.requested.v1", From = [Services.CountyRouting], To = [Queues.Notice])]
public sealed record SystemNoticeRequested : IDirectoryMessage
{
    /// <summary>The notice; given out by whoever asks.</summary>
    public required Guid NoticeId { get; init; }
    /// <summary>The organization.</summary>
    public required Organization Organization { get; init; }
    /// <summary>What has happened, <c>noun.verb.v1</c>; the CloudEvents type without its prefix.</summary>
    [CodeOf(typeof(Codes.NoticeTypes))]
    public required string Type { get; init; }
    /// <summary>CloudEvents source: the service that asks.</summary>
    public required string Source { get; init; }
    /// <summary>Id of what it is about; CloudEvents subject.</summary>
    public required Guid Subject { get; init; }
    /// <summary>What that is, one of <see cref="Codes.SubjectKinds"/>.</summary>
    [CodeOf(typeof(Codes.SubjectKinds))]
    public required string SubjectKind { get; init; }
    /// <summary>Where it can be read: an address, or a path at the asking service when that has not been told its own address.</summary>
    public required string Link { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>Until when somebody must act.</summary>
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    string IDirectoryMessage.Entry => Subject.ToString();
}
