namespace SafeHarbor.Contracts.Intake;

/// <summary>The reporting agency has taken a report back. Nothing ends by it: whoever has the report is told, and decides. Published by intake, once for a report; routing tells every handoff of it,
/// case-services the provider that is asked or has accepted.</summary>
[Message("report.retracted.v1", From = [Services.Intake], To = [Queues.Jurisdiction, Queues.Referral])]
public sealed record ReportRetracted : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When intake was told.</summary>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>Why: one of <see cref="Codes.RetractionReasons"/>.</summary>
    [CodeOf(typeof(Codes.RetractionReasons))]
    public required string Reason { get; init; }
    /// <summary>The agency's report that stays; null unless this one is its duplicate.</summary>
    public Guid? OtherReportId { get; init; }
    /// <summary>The needs of the child that were reported.</summary>
    public IReadOnlyList<Guid> NeedIds { get; init; } = [];
}
