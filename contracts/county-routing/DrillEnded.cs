namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A drill is over at the county: somebody has accepted, or nobody has in time. Published by whoever keeps its handoff; the drill learns how far it came.</summary>
[Message("drill.ended.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Drill])]
public sealed record DrillEnded : IEncounterMessage
{
    /// <summary>The drill, which stands for an encounter.</summary>
    public required Guid EncounterId { get; init; }
    /// <summary>When it ended.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Its handoff.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>Whose that is.</summary>
    public required Organization Organization { get; init; }
    /// <summary>When a notice was delivered to the county's systems; null when none was, or somebody was quicker than the news of it.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }
    /// <summary>When somebody said that it was seen; null when nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>When somebody accepted; null when nobody did.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
    /// <summary>How often a rung of the county's ladders was told.</summary>
    public required int RungsTold { get; init; }
}
