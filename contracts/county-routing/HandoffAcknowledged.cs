namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Somebody at the county has seen the handoff.</summary>
[Message("handoff.acknowledged.v1", From = [Services.CountyRouting])]
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
    public required string CountyFips { get; init; }
    /// <inheritdoc/>
    public required string Role { get; init; }
}
