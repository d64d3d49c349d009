namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Nobody acknowledged in time: one more rung of the county's ladder was told.</summary>
[Message("handoff.escalated.v1", From = [Services.CountyRouting])]
public sealed record HandoffEscalated : IEncounterEvent
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
    /// <summary>Rung of the ladder, from 1.</summary>
    public required int Step { get; init; }
    /// <summary>The organization that was told.</summary>
    public required string Notified { get; init; }
}
