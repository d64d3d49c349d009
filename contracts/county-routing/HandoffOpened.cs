namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>An organization must take over (or know of) a report. Published by county-routing for each recipient that routing or the desk determined, or another has referred it on to, and once more,
/// under another id and later, for one that is no county and whose handoff was withdrawn meanwhile; it starts the handoff's saga and, for the responder, the provider referrals.</summary>
[Message("handoff.opened.v1", From = [Services.CountyRouting], To = [Queues.Handoff, Queues.Referral])]
public sealed record HandoffOpened : IHandoffEvent, IAddressed
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid HandoffId { get; init; }
    /// <inheritdoc/>
    public required Organization Organization { get; init; }
    /// <inheritdoc/>
    public required Codes.Role Role { get; init; }
    /// <summary>Coded facts of the child and its needs.</summary>
    public required Intake.ReportedChild Child { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>One of <see cref="Codes.Bases"/>.</summary>
    [CodeOf(typeof(Codes.Bases))]
    public required string Basis { get; init; }
    /// <summary>One of <see cref="Codes.Confidences"/>.</summary>
    [CodeOf(typeof(Codes.Confidences))]
    public required string Confidence { get; init; }
    /// <summary>Meters from the location to the nearest county line; null when the basis is not a location.</summary>
    public int? DistanceToLineMeters { get; init; }
    /// <summary>The rule that chose this recipient, for people to read.</summary>
    public required string Rule { get; init; }
    /// <summary>How the report came to the recipient from others; null when none had referred it on. Its handoff may have ended before, or had another role: it opens anew.</summary>
    public Referral? Referral { get; init; }
    /// <summary>The desk's item about who responds, which learns who accepts; null when the desk has none.</summary>
    public Guid? DeskItemId { get; init; }
    /// <summary>The recipient's name.</summary>
    public required string OrganizationName { get; init; }
    /// <summary>When silence starts to climb the escalation ladder.</summary>
    public required DateTimeOffset AcknowledgeBy { get; init; }
    /// <summary>The recipient's 24-hour number for the telephone report; null when the directory has none.</summary>
    public string? HotlinePhone { get; init; }
    /// <summary>When somebody last checked that number.</summary>
    public DateOnly? HotlineVerifiedAt { get; init; }
    /// <summary>For how many days without anything happening the recipient wants the details kept; null when its pack leaves it to the state.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>The county whose pack lists the recipient, such as <c>county:06037</c>; null for a county, which has a pack of its own.</summary>
    public Organization? ListedBy { get; init; }
    /// <summary>Of the responder: who else must know of the report and is reached by nobody here, because no pack lists it. The reporting agency is told, whose duty it is.</summary>
    public IReadOnlyList<Codes.Role>? NotReached { get; init; }
    /// <summary>Of the responder: other states and countries that begin near the place by which it was determined, the nearest first; null when none does, or no place decided.</summary>
    public IReadOnlyList<OuterLine>? OuterLines { get; init; }

    string? IAddressed.Key => Organization.Text;
}
