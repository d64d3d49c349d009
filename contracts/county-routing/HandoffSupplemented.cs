using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>To the keeper of a handoff: the reporting agency has added to the report, and the recipient is to be told. Published by county-routing, once for each handoff of the report. It is no event of
/// its own: the timeline has <see cref="ReportSupplemented"/>.</summary>
[Message("handoff.supplemented.v1", From = [Services.CountyRouting], To = [Queues.Handoff])]
public sealed record HandoffSupplemented : IEncounterMessage, IAddressed
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When intake received what was added.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The handoff.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>The recipient, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>The supplement's number in the report, from 1.</summary>
    public required int Sequence { get; init; }
    /// <summary>It says that the child is in danger now.</summary>
    public bool ImmediateDanger { get; init; }
    /// <summary>The coded facts of the child that it says; null when it says none.</summary>
    public SupplementedChild? Child { get; init; }

    string? IAddressed.Key => Organization.Text;
}
