using System.Linq.Expressions;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A handoff as its recipient sees it, and the statewide desk once it was escalated.</summary>
public sealed record HandoffView
{
    public required Guid HandoffId { get; init; }
    public required Guid EncounterId { get; init; }
    public required Guid ReportId { get; init; }
    public required Organization Organization { get; init; }
    public required Role Role { get; init; }
    /// <summary>OPEN, NOTIFIED, ACKNOWLEDGED, ACCEPTED or WITHDRAWN.</summary>
    public required string State { get; init; }
    public required string Basis { get; init; }
    public required string Confidence { get; init; }
    public double? DistanceToLineMeters { get; init; }
    /// <summary>Why this recipient, for people.</summary>
    public required string Rule { get; init; }
    /// <summary>What that rests on.</summary>
    public IReadOnlyList<CitedRule> Rules { get; init; } = [];
    public required string Urgency { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset AcknowledgeBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>When the acceptance is due; null until the handoff is acknowledged, and when the recipient only has to know.</summary>
    public DateTimeOffset? AcceptBy { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    /// <summary>Until when the recipient may read the report; null when it may not.</summary>
    public DateTimeOffset? ReadsUntil { get; init; }
    /// <summary>How many rungs of the ladder that is being climbed have been told.</summary>
    public required int EscalationStep { get; init; }

    /// <summary>For queries.</summary>
    public static readonly Expression<Func<Handoff, HandoffView>> Projection = h => new HandoffView
    {
        HandoffId = h.CorrelationId,
        EncounterId = h.EncounterId,
        ReportId = h.ReportId,
        Organization = h.Organization,
        Role = h.Role,
        State = StateWord.Of(h.CurrentState),
        Basis = h.Basis,
        Confidence = h.Confidence,
        DistanceToLineMeters = h.DistanceToLineMeters,
        Rule = h.Rule,
        Urgency = h.Urgency,
        OpenedAt = h.OpenedAt,
        AcknowledgeBy = h.AcknowledgeBy,
        AcknowledgedAt = h.AcknowledgedAt,
        AcceptBy = h.AcceptBy,
        AcceptedAt = h.AcceptedAt,
        ReadsUntil = h.ReadsUntil,
        EscalationStep = h.EscalationStep,
    };

    private static readonly Func<Handoff, HandoffView> Compiled = Projection.Compile();

    /// <summary>Of a handoff in memory.</summary>
    public static HandoffView Of(Handoff handoff, LawRegister law) => Compiled(handoff).Citing(law);

    /// <summary>With the rules that the recipient's role rests on.</summary>
    public HandoffView Citing(LawRegister law) => this with { Rules = law.For(RuleUses.OfRole(Role)) };
}
