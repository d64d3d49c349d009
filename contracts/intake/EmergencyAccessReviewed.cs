namespace SafeHarbor.Contracts.Intake;

/// <summary>A supervisor reviewed an emergency access. One that was not justified has ended with it.</summary>
[Message("emergency-access.reviewed.v1", From = [Services.Intake])]
public sealed record EmergencyAccessReviewed : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The emergency access.</summary>
    public required Guid EmergencyAccessId { get; init; }
    /// <summary>One of <see cref="Codes.ReviewOutcomes"/>.</summary>
    [CodeOf(typeof(Codes.ReviewOutcomes))]
    public required string Outcome { get; init; }
}
