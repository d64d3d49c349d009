namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A person at the desk assigned the responder.</summary>
[Message("jurisdiction.assigned.v1", From = [Services.CountyRouting])]
public sealed record JurisdictionAssigned : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The desk item.</summary>
    public required Guid DeskItemId { get; init; }
    /// <summary>The responder, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>Other states and countries that begin near the place that the desk decided about, the nearest first; null when none does, or no place decided.</summary>
    public IReadOnlyList<OuterLine>? OuterLines { get; init; }
}
