namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>No county could be determined, or only guessed, or counties do not agree, or the one that is to respond does not answer, or another state or a country is near; the encounter, or the report of one child, waits at the statewide desk until a person has decided. Published by county-routing;
/// it starts the desk item's saga.</summary>
[Message("jurisdiction.undetermined.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Desk])]
public sealed record JurisdictionUndetermined : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The desk item; the id of its saga.</summary>
    public required Guid DeskItemId { get; init; }
    /// <summary>Why; one of <see cref="Codes.UndeterminedReasons"/>.</summary>
    [CodeOf(typeof(Codes.UndeterminedReasons))]
    public required string Reason { get; init; }
    /// <summary>The likely responder, such as <c>county:06037</c>, which has been told and may claim it, or the one that does not answer; null when nothing makes any likely.</summary>
    public Organization? SuggestedOrganization { get; init; }
    /// <summary>Whose counties the stated city and ZIP code allow.</summary>
    public IReadOnlyList<Organization> PossibleOrganizations { get; init; } = [];
    /// <summary>The counties that do not agree, the one that responds until the desk has decided first; null when that is not the reason.</summary>
    public IReadOnlyList<Organization>? Between { get; init; }
    /// <summary>How the report was referred on until they did not agree, or to the county that does not answer.</summary>
    public Referral? Referral { get; init; }
    /// <summary>Other states and countries that begin near the place that it is about, the nearest first; null when none does, or no place decided.</summary>
    public IReadOnlyList<OuterLine>? OuterLines { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>The children of the encounter that it is about.</summary>
    public required IReadOnlyList<Intake.ReportedChild> Reports { get; init; }
}
