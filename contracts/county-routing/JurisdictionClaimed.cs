namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A responder has accepted a report that the desk has an item about: whoever accepts first has the encounter.</summary>
[Message("jurisdiction.claimed.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Desk])]
public sealed record JurisdictionClaimed : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The desk item.</summary>
    public required Guid DeskItemId { get; init; }
    /// <summary>Who has accepted, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
}
