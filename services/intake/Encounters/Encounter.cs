using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>An encounter as it was submitted, without anything that names a person; it never changes.</summary>
public sealed class Encounter
{
    /// <summary>The constraint that two submissions of the same encounter meet.</summary>
    public const string NaturalKey = "encounters_natural";

    public Guid EncounterId { get; set; }
    public string AgencyOri { get; set; } = "";
    public string IncidentNumber { get; set; } = "";
    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset? OccurredAt { get; set; }
    public DateTimeOffset? LearnedAt { get; set; }
    public double? Latitude { get; set; }
    public double? Longitude { get; set; }
    public double? AccuracyMeters { get; set; }
    public CountyFips? StatedCountyFips { get; set; }
    /// <summary>What city and ZIP code were understood as; they themselves are sealed.</summary>
    public UnderstoodPlace UnderstoodPlace { get; set; } = new(null, null);
    /// <summary>Whether an address was given; it itself is sealed.</summary>
    public bool HasAddress { get; set; }
    /// <summary>Where the child is now; null when that is where it was found, or not known.</summary>
    public KeptPlace? PresentPlace { get; set; }
    public bool? CustodyTaken { get; set; }
    public DateTimeOffset? CustodyTakenAt { get; set; }
    public IReadOnlyList<string> CustodyGrounds { get; set; } = [];
    public bool? ImmediateDanger { get; set; }
    public string Urgency { get; set; } = "";
    /// <summary>It was reported in a sandbox, and nobody was encountered.</summary>
    public bool Test { get; set; }
    /// <summary>Keyed fingerprint of everything that was submitted.</summary>
    public byte[] Content { get; set; } = [];
}

/// <summary>A place as it was submitted, without what is sealed.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="AccuracyMeters">Radius of uncertainty.</param>
/// <param name="StatedCountyFips">The county that was named.</param>
/// <param name="UnderstoodPlace">What city and ZIP code were understood as.</param>
/// <param name="HasAddress">Whether an address was given.</param>
public sealed record KeptPlace(double? Latitude, double? Longitude, double? AccuracyMeters, CountyFips? StatedCountyFips, UnderstoodPlace UnderstoodPlace, bool HasAddress)
{
    /// <summary>Of a place that has been checked; null when nothing of it was given.</summary>
    public static KeptPlace? Of(Place? place, Places places) => place is null || place == new Place(null, null, null, null, null, null, null) ? null
        : new(place.Latitude, place.Longitude, place.AccuracyMeters, Place.CountyOf(place.CountyFips), places.Understand(place.City, place.Zip), !string.IsNullOrWhiteSpace(place.Address));
}

/// <summary>The report about one child of an encounter: coded facts in clear, everything else sealed with a key of its own.</summary>
public sealed class Report
{
    public Guid ReportId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>The encounter's: whose the report is.</summary>
    public string AgencyOri { get; set; } = "";
    /// <summary>Position in the encounter, from 1.</summary>
    public int Child { get; set; }
    public string AgeBand { get; set; } = "";
    public string Gender { get; set; } = "";
    public IReadOnlyList<string> Languages { get; set; } = [];
    public CountyFips? ResidenceCountyFips { get; set; }
    public CountyFips? DependencyCountyFips { get; set; }
    public bool? Missing { get; set; }
    public bool? LivesInLicensedHome { get; set; }
    public bool? ReasonToKnowIndianChild { get; set; }
    public Organization? TribeOrganization { get; set; }
    public bool? GuardianUnsafe { get; set; }
    public IReadOnlyList<RequestedNeed> Needs { get; set; } = [];
    /// <summary>Keyed fingerprint; see <see cref="Duplicates.ChildFingerprints"/>.</summary>
    public byte[]? FullName { get; set; }
    /// <summary>Keyed fingerprint; see <see cref="Duplicates.ChildFingerprints"/>.</summary>
    public byte[]? GivenAndBirth { get; set; }
    /// <summary>The report whose child the sender says that this one's is.</summary>
    public Guid? SameChildAs { get; set; }
    /// <summary>The reports that may be about the same child, as whoever reads may see them; not stored.</summary>
    public IReadOnlyList<AlikeReport> MayBeSameAs { get; set; } = [];
    /// <summary>Sealed <see cref="ReportDetails"/>.</summary>
    public byte[] Details { get; set; } = [];
    /// <summary>The key that sealed them, in the key store; destroying it leaves the rest.</summary>
    public Guid KeyId { get; set; }
}
