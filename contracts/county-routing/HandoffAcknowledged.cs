namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Somebody at the recipient has seen the handoff.</summary>
[Message("handoff.acknowledged.v1", From = [Services.CountyRouting], FromNodes = true)]
public sealed record HandoffAcknowledged : IHandoffEvent
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
    /// <summary>When waiting for the acceptance starts to climb its ladder; null when the recipient only has to know.</summary>
    public DateTimeOffset? AcceptBy { get; init; }
}
