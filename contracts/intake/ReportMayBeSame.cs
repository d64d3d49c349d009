namespace SafeHarbor.Contracts.Intake;

/// <summary>
/// Other reports of the same incident may be about the same child, or its sender says that one is. Each stays a report of its own. Published by intake when a report is
/// accepted, once about it and once about each earlier one.
/// </summary>
[Message("report.may-be-same.v1", From = [Services.Intake])]
public sealed record ReportMayBeSame : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The other reports.</summary>
    public required IReadOnlyList<AlikeReport> MayBeSameAs { get; init; }
}
