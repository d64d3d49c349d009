using SafeHarbor.Intake.Disclosure;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary>
/// Break-glass: somebody without a grant reads a report for some hours, because a child cannot wait for one. It is told at once, and a supervisor of the
/// responding county is reminded until it is reviewed.
/// </summary>
public sealed class EmergencyAccess : ITimedSaga
{
    /// <summary>The access; also its grant.</summary>
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    public Organization Organization { get; set; } = null!;
    public string Subject { get; set; } = "";
    public string Reason { get; set; } = "";
    /// <summary>Who reviews it: the responding county, or the state when none responds yet.</summary>
    public Organization Reviewer { get; set; } = null!;
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    /// <summary>When its reviewer is reminded first; it should have been reviewed before.</summary>
    public DateTimeOffset ReviewBy { get; set; }
    /// <summary>When the review is due; null when it was reviewed.</summary>
    public DateTimeOffset? DueAt
    {
        get => CurrentState == nameof(EmergencyAccessMachine.Unreviewed) ? ReviewBy : null;
        // It follows from the rest, also when a row is read.
        private set { }
    }
    public DateTimeOffset? ReviewedAt { get; set; }
    /// <summary>Subject of the token of whoever reviewed it.</summary>
    public string? ReviewedBy { get; set; }
    public string? Outcome { get; set; }
    public int Reminders { get; set; }
    public Guid? ReminderToken { get; set; }

    /// <summary>What it allows: the whole report, and never the reporter's identity.</summary>
    public Grant Grant => new()
    {
        GrantId = CorrelationId,
        EncounterId = EncounterId,
        ReportId = ReportId,
        Organization = Organization,
        Tier = Tiers.County,
        LegalBasis = RuleUses.EmergencyGrant,
        GrantedAt = OpenedAt,
        ExpiresAt = ExpiresAt,
    };
}

/// <summary>A supervisor reviews; raised by a request, never on the wire.</summary>
public sealed record ReviewAccess(string Outcome, string By);

/// <summary>It has not been reviewed yet: the message of its durable timer.</summary>
[WireName("emergency-access.unreviewed.v1")]
public sealed record AccessUnreviewed(Guid EncounterId, Guid EmergencyAccessId) : IEncounterMessage;
