using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>To the keeper of a handoff: the reporting agency has taken the report back, and the recipient is to be told, which decides what follows. Published by county-routing, once for each handoff of
/// the report. It is no event of its own: the timeline has <see cref="ReportRetracted"/>.</summary>
[Message("handoff.retracted.v1", From = [Services.CountyRouting], To = [Queues.Handoff])]
public sealed record HandoffRetracted : IEncounterMessage, IAddressed
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When intake was told.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The handoff.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>The recipient, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>Why: one of <see cref="Codes.RetractionReasons"/>.</summary>
    [CodeOf(typeof(Codes.RetractionReasons))]
    public required string Reason { get; init; }
    /// <summary>The agency's report that stays; null unless this one is its duplicate.</summary>
    public Guid? OtherReportId { get; init; }

    string? IAddressed.Key => Organization.Text;
}
