namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Nobody acknowledged, or accepted, in time: one more rung of the recipient's ladder was told.</summary>
[Message("handoff.escalated.v1", From = [Services.CountyRouting], FromNodes = true)]
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
    public required Organization Organization { get; init; }
    /// <inheritdoc/>
    public required Codes.Role Role { get; init; }
    /// <summary>What has not come, one of <see cref="Codes.AwaitedActs"/>.</summary>
    [CodeOf(typeof(Codes.AwaitedActs))]
    public required string Awaited { get; init; }
    /// <summary>Rung of that ladder, from 1.</summary>
    public required int Step { get; init; }
    /// <summary>The organization that was told.</summary>
    public required Organization Notified { get; init; }
}
