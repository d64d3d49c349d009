namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Nobody acknowledged in time: one more rung of the county's ladder was told.</summary>
[Message("handoff.escalated.v1", From = [Services.CountyRouting])]
public sealed record HandoffEscalated : IHandoffEvent
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
    public required string CountyFips { get; init; }
    /// <inheritdoc/>
    public required string Role { get; init; }
    /// <summary>Rung of the ladder, from 1.</summary>
    public required int Step { get; init; }
    /// <summary>The organization that was told.</summary>
    public required string Notified { get; init; }
}
