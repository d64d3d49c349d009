namespace SafeHarbor.Contracts.Intake;

/// <summary>A county has said which of its workers has the case, or that it is another one now. Published by intake, which keeps name and number sealed: who may, reads them there.</summary>
[Message("worker.assigned.v1", From = [Services.Intake])]
public sealed record WorkerAssigned : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The county, for example <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
}
