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
    /// <summary>One of <see cref="Codes.DestructionGrounds"/>.</summary>
    [CodeOf(typeof(Codes.DestructionGrounds))]
    public required string Ground { get; init; }
}
