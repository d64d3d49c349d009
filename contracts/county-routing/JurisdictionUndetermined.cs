namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>No county could be determined; the encounter waits at the statewide desk. Published by county-routing;
/// it starts the desk item's saga.</summary>
[Message("jurisdiction.undetermined.v1", From = [Services.CountyRouting], To = [Queues.Desk])]
public sealed record JurisdictionUndetermined : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The desk item; the id of its saga.</summary>
    public required Guid DeskItemId { get; init; }
    /// <summary>Why, as a code: <c>NO_LOCATION</c>, <c>OUTSIDE_STATE</c>.</summary>
    public required string Reason { get; init; }
    /// <summary>A guess for the person at the desk, from the reporting agency's identifier, such as <c>county:06037</c>.</summary>
    public string? SuggestedOrganization { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    public required string Urgency { get; init; }
    /// <summary>The children of the encounter.</summary>
    public required IReadOnlyList<Intake.ReportedChild> Reports { get; init; }
}
