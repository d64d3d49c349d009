namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A county that has accepted a report has closed it. Determining the response anew opens it again.</summary>
[Message("handoff.closed.v1", From = [Services.CountyRouting], FromNodes = true)]
public sealed record HandoffClosed : IHandoffEvent
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
    /// <summary>One of <see cref="Codes.ClosingReasons"/>.</summary>
    [CodeOf(typeof(Codes.ClosingReasons))]
    public required string Reason { get; init; }
}
