using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Notification;

/// <summary>
/// Tell an organization that something waits for it. A notice is thin on every channel: ids, urgency, due time, link; nothing about the child.
/// </summary>
[Message("notice.requested.v1", From = [Services.Intake, Services.CountyRouting, Services.CaseServices], FromNodes = true, To = [Queues.Notice])]
public sealed record NoticeRequested : IEncounterMessage
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>The notice; given out by whoever asks.</summary>
    public required Guid NoticeId { get; init; }
    /// <summary>The saga that asks; the outcome comes back with it.</summary>
    public required Guid RequestedBy { get; init; }
    /// <summary>The key of the node that keeps this saga (<see cref="Node.Key"/>), under which the outcome comes back; null for the statewide system.</summary>
    public string? Keeper { get; init; }
    /// <summary>The organization, for example <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>Whom there, one of <see cref="Codes.Duties"/>; null for the organization as such.</summary>
    [CodeOf(typeof(Codes.Duties))]
    public string? Duty { get; init; }
    /// <summary>What has happened, <c>noun.verb.v1</c>; the CloudEvents type without its prefix, for example <c>handoff.opened.v1</c>.</summary>
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
    /// <summary>The report, when the notice is about one.</summary>
    public Guid? ReportId { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>Until when somebody must act.</summary>
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>It is about a drill: nobody was encountered. Left out everywhere else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Drill { get; init; }
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }
}
