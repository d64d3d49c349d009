namespace SafeHarbor.Contracts.Intake;

/// <summary>The reporting agency has added to a report. Published by intake, which keeps what was added sealed: who may read the report, reads it there. Routing tells every
/// handoff of the report, and the desk that has to decide; case-services the providers that have accepted.</summary>
[Message("report.supplemented.v1", From = [Services.Intake], To = [Queues.Jurisdiction, Queues.Desk, Queues.Referral])]
public sealed record ReportSupplemented : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When intake received it.</summary>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The supplement; given out by intake.</summary>
    public required Guid SupplementId { get; init; }
    /// <summary>Its number in the report, from 1.</summary>
    public required int Sequence { get; init; }
    /// <summary>When the agency learned of it; null when it did not say.</summary>
    public DateTimeOffset? LearnedAt { get; init; }
    /// <summary>What it says something of: one of <see cref="Codes.SupplementFacts"/> each.</summary>
    [CodeOf(typeof(Codes.SupplementFacts))]
    public required IReadOnlyList<string> Tells { get; init; }
    /// <summary>It says that the child is in danger now.</summary>
    public bool ImmediateDanger { get; init; }
    /// <summary>The coded facts of the child that it says; null when it says none.</summary>
    public SupplementedChild? Child { get; init; }
    /// <summary>The needs of the child that were reported.</summary>
    public IReadOnlyList<Guid> NeedIds { get; init; } = [];
}
