namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A human at the county has accepted responsibility. Published by county-routing;
/// the responder's acceptance releases the needs that waited for it.</summary>
[Message("handoff.accepted.v1", From = [Services.CountyRouting], To = [Queues.Referral])]
public sealed record HandoffAccepted : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The report (child) that it is about.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The handoff; the id of its saga.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>The recipient county, five-digit FIPS.</summary>
    public required string CountyFips { get; init; }
    /// <summary>One of <see cref="Codes.Roles"/>.</summary>
    public required string Role { get; init; }
    /// <summary>Coded facts of the child and its needs.</summary>
    public required Intake.ReportedChild Child { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    public required string Urgency { get; init; }
}
