namespace SafeHarbor.Contracts.Intake;

/// <summary>The keys of a report are destroyed: its details are unreadable from now on, in every copy.</summary>
[Message("report.destroyed.v1", From = [Services.Intake])]
public sealed record ReportDestroyed : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary><c>RETENTION</c> (the time for which details are kept is over) or <c>COURT_ORDER</c>.</summary>
    public required string Ground { get; init; }
}
