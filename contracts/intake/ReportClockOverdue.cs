namespace SafeHarbor.Contracts.Intake;

/// <summary>A time limit of the reporting officer ran out unsatisfied. Published by intake when the clock's durable timer fires.</summary>
[Message("report-clock.overdue.v1", From = [Services.Intake])]
public sealed record ReportClockOverdue : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The clock.</summary>
    public required Guid ClockId { get; init; }
    /// <summary>Which clock, one of <see cref="Codes.ReportClocks"/>.</summary>
    [CodeOf(typeof(Codes.ReportClocks))]
    public required string Rule { get; init; }
    /// <summary>When it was due.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
