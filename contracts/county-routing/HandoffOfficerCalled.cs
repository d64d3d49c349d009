using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>To the keeper of a handoff: an officer has called somebody about the report, and it was recorded. Whether that call was to the recipient, and starts a clock there, the handoff says. Published by
/// county-routing, once for each handoff and recorded call. It is no event of its own: the timeline has <see cref="TelephoneReportRecorded"/>.</summary>
[Message("handoff.officer-called.v1", From = [Services.CountyRouting], To = [Queues.Handoff])]
public sealed record HandoffOfficerCalled : IEncounterMessage, IAddressed
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When the call was recorded.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The handoff.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>The recipient, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>When the call was made, as the officer says.</summary>
    public required DateTimeOffset CalledAt { get; init; }
    /// <summary>Whom the officer called, such as <c>county:06037</c>; null when that was not said.</summary>
    public Organization? Called { get; init; }

    string? IAddressed.Key => Organization.Text;
}
