using System.Linq.Expressions;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A handoff as its county sees it, and the statewide desk once it was escalated.</summary>
public sealed record HandoffView
{
    public required Guid HandoffId { get; init; }
    public required Guid EncounterId { get; init; }
    public required Guid ReportId { get; init; }
    public required string CountyFips { get; init; }
    public required string Role { get; init; }
    /// <summary>OPEN, NOTIFIED, ACKNOWLEDGED or ACCEPTED.</summary>
    public required string State { get; init; }
    public required string Basis { get; init; }
    public required string Confidence { get; init; }
    public double? DistanceToLineMeters { get; init; }
    public required string Rule { get; init; }
    public required string Urgency { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset AcknowledgeBy { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    /// <summary>How many rungs of the ladder have been told.</summary>
    public required int EscalationStep { get; init; }

    /// <summary>For queries.</summary>
    public static readonly Expression<Func<Handoff, HandoffView>> Projection = h => new HandoffView
    {
        HandoffId = h.CorrelationId,
        EncounterId = h.EncounterId,
        ReportId = h.ReportId,
        CountyFips = h.CountyFips,
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
        AcceptedAt = h.AcceptedAt,
        EscalationStep = h.EscalationStep,
    };

    private static readonly Func<Handoff, HandoffView> Compiled = Projection.Compile();

    /// <summary>Of a handoff in memory.</summary>
    public static HandoffView Of(Handoff handoff) => Compiled(handoff);
}
