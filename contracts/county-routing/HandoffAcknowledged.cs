namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Somebody at the county has seen the handoff.</summary>
[Message("handoff.acknowledged.v1", From = [Services.CountyRouting])]
public sealed record HandoffAcknowledged : IEncounterEvent
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
}
