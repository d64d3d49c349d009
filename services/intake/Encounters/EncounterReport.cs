using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>An encounter as an officer reports it. What is not known is left out: nothing that is merely unknown is wrong.</summary>
/// <remarks>Every member may be absent here; <see cref="EncounterValidation"/> says which must be there, and the attributes say it in the OpenAPI document.</remarks>
public sealed record EncounterReport
{
    /// <summary>Which agency reports, and under which number of its own.</summary>
    [Required]
    public Source? Source { get; init; }
    /// <summary>The reporting officer; kept from all who may not read it.</summary>
    public Officer? Officer { get; init; }
    /// <summary>Officers who know of it together with this one, who reports for them all; kept as the officer is.</summary>
    [MaxLength(Permitted.JointReporters)]
    public IReadOnlyList<Officer?>? JointReporters { get; init; }
    /// <summary>When it happened; this or <c>learnedAt</c> must be given, and one of them plausible: at most 5 minutes from now, at most 20 years ago. What else is not is taken, and marked.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
    /// <summary>When the officer learned of it.</summary>
    public DateTimeOffset? LearnedAt { get; init; }
    /// <summary>Where the child was found; it decides which county responds, unless <c>presentLocation</c> does.</summary>
    public Place? Location { get; init; }
    /// <summary>Where the child is now, when that is elsewhere, as a hospital or a station: its county responds, and that of <c>location</c> is told. Providers are told its address as the place to meet the child.</summary>
    public Place? PresentLocation { get; init; }
    /// <summary>Protective custody of the child.</summary>
    public Custody? Custody { get; init; }
    /// <summary>The child is in danger now, which makes the report <c>IMMEDIATE</c>.</summary>
    public bool? ImmediateDanger { get; init; }
    /// <summary>The call to the county, when it has been made already.</summary>
    public TelephoneCall? TelephoneReport { get; init; }
    /// <summary>One entry for each child: each gets a report of its own.</summary>
    [Required, MinLength(1), MaxLength(Permitted.Children)]
    public IReadOnlyList<Child?>? Children { get; init; }
    /// <summary>The children's parents and guardians.</summary>
    [MaxLength(Permitted.Guardians)]
    public IReadOnlyList<Guardian?>? Guardians { get; init; }
    /// <summary>Who may have harmed the child.</summary>
    [MaxLength(Permitted.Suspects)]
    public IReadOnlyList<Suspect?>? Suspects { get; init; }
    /// <summary>The officer's narrative.</summary>
    [MaxLength(Permitted.Narrative)]
    public string? Narrative { get; init; }
    /// <summary>What a worker who goes there must know to be safe: weapons, dogs, people. For counties.</summary>
    [MaxLength(Permitted.Notes)]
    public string? WorkerSafety { get; init; }

    /// <summary>When it happened, as far as that can be right; null when nothing that was sent is.</summary>
    /// <param name="saidAt">When it was sent.</param>
    public DateTimeOffset? HappenedAt(DateTimeOffset saidAt) => PlausibleInstant.FirstOf(saidAt, OccurredAt, LearnedAt);

    /// <summary>With the codes that the system itself writes, whatever the sender's. For one that has been checked.</summary>
    public EncounterReport WithCanonicalCodes() => this with
    {
        Location = Location?.WithCanonicalCodes(),
        PresentLocation = PresentLocation?.WithCanonicalCodes(),
        Children = [.. Children!.Select(child => child!.WithCanonicalCodes())],
    };
}

/// <summary>Which agency reports, and under which number of its own.</summary>
/// <param name="AgencyOri">The agency's originating identifier (ORI), nine characters: the agency of the token.</param>
/// <param name="IncidentNumber">The agency's own number of the incident, with at least two digits, at most eight letters beyond F and no blank; its reports are found again by it. It is not sealed, and must name nobody.</param>
/// <param name="System">The sending system. It is sealed with the report.</param>
public sealed record Source([Required, RegularExpression(PlaceChecks.Ori)] string? AgencyOri,
    [Required, RegularExpression(Permitted.IncidentNumber)] string? IncidentNumber, [RegularExpression(Permitted.SystemName)] string? System);

/// <summary>A place where the child was found, or is.</summary>
/// <param name="Latitude">Degrees north, WGS 84; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="Longitude">Degrees east, WGS 84; negative west of Greenwich.</param>
/// <param name="AccuracyMeters">Radius of uncertainty, in meters; absent when not known.</param>
/// <param name="Address">Street and number.</param>
/// <param name="City">City.</param>
/// <param name="Zip">ZIP code.</param>
/// <param name="CountyFips">The county, five-digit FIPS, when the officer knows it.</param>
public sealed record Place([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, [Range(0, PlaceChecks.AccuracyMeters)] double? AccuracyMeters,
    [MaxLength(Permitted.Address)] string? Address, [MaxLength(PlaceChecks.City)] string? City, [RegularExpression(PlaceChecks.Zip)] string? Zip,
    [MaxLength(Contracts.Codes.CountyFips.Longest)] string? CountyFips)
{
    /// <summary>With the county's code as the system itself writes it.</summary>
    internal Place WithCanonicalCodes() => this with { CountyFips = CountyOf(CountyFips)?.Text };

    /// <summary>A county as a sender writes it; null when that is none.</summary>
    internal static CountyFips? CountyOf(string? text) => Contracts.Codes.CountyFips.TryParse(text, out var county) ? county : null;
}

/// <summary>Protective custody of the child (WIC 305).</summary>
/// <param name="Taken">The child is in protective custody, which makes the report <c>IMMEDIATE</c>.</param>
/// <param name="TakenAt">Since when. What cannot be right is taken and marked.</param>
/// <param name="Grounds">On which grounds.</param>
public sealed record Custody(bool? Taken, DateTimeOffset? TakenAt, [MaxLength(Permitted.Codes), CodeOf(typeof(CustodyGrounds))] IReadOnlyList<string?>? Grounds);

/// <summary>The officer's telephone report to the county (PC 11166(a)).</summary>
/// <param name="CalledAt">When the call was made. Not in the future.</param>
/// <param name="Agency">Which agency was called.</param>
/// <param name="Contact">Who took the call.</param>
/// <param name="ReferralNumber">The number that the agency gave.</param>
/// <param name="Organization">Who was called, as a code: <c>county:06037</c> for a county's hotline, <c>le:</c> with its ORI for another agency. A county's clock that starts with the officer's call runs for the county that
/// was called; left out, that is taken to be the one that responds.</param>
public sealed record TelephoneCall([Required] DateTimeOffset? CalledAt, [MaxLength(Permitted.Text)] string? Agency, [MaxLength(Permitted.Text)] string? Contact,
    // What was recorded before there was this member is the same call still.
    [MaxLength(Permitted.Text)] string? ReferralNumber, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), MaxLength(Permitted.Text)] string? Organization = null);
