using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What a decision is made from: as much of <see cref="EncounterReported"/> as it looks at, and what a person has decided. The same facts give the same decision again.</summary>
public sealed record JurisdictionFacts
{
    /// <summary>The reporting agency; null when a person decides.</summary>
    public string? AgencyOri { get; init; }
    /// <summary>Where the child was found.</summary>
    public FoundLocation? Location { get; init; }
    /// <summary>The county that the report names.</summary>
    public CountyFips? StatedCountyFips { get; init; }
    /// <summary>What city and ZIP code say of the county.</summary>
    public StatedPlace? StatedPlace { get; init; }
    /// <summary>Where the child is now, when that is elsewhere.</summary>
    public PresentPlace? PresentPlace { get; init; }
    /// <summary>The county that a person at the desk decided on.</summary>
    public CountyFips? AssignedCountyFips { get; init; }
    /// <summary>The county that accepted what was a guess.</summary>
    public CountyFips? ClaimedCountyFips { get; init; }
    /// <summary>The children of the encounter.</summary>
    public required IReadOnlyList<ReportedChild> Reports { get; init; }

    /// <summary>Those of an encounter as it comes in.</summary>
    public static JurisdictionFacts Of(EncounterReported encounter) => new()
    {
        AgencyOri = encounter.AgencyOri,
        Location = encounter.Location,
        StatedCountyFips = encounter.StatedCountyFips,
        StatedPlace = encounter.StatedPlace,
        PresentPlace = encounter.PresentPlace,
        Reports = encounter.Reports,
    };
}
