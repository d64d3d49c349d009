using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Json;
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
    /// <summary>When it happened; this or <c>learnedAt</c> must be given. Not in the future.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
    /// <summary>When the officer learned of it. Not in the future.</summary>
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

    /// <summary>With the codes that the system itself writes, whatever the sender's. For one that has been checked.</summary>
    public EncounterReport WithCanonicalCodes() => this with
    {
        Source = Source! with { IncidentNumber = string.Join(' ', Source.IncidentNumber!.Split(' ', StringSplitOptions.RemoveEmptyEntries)) },
        Location = Location?.WithCanonicalCodes(),
        PresentLocation = PresentLocation?.WithCanonicalCodes(),
        Children = [.. Children!.Select(child => child!.WithCanonicalCodes())],
    };
}

/// <summary>Which agency reports, and under which number of its own.</summary>
/// <param name="AgencyOri">The agency's originating identifier (ORI), nine characters: the agency of the token.</param>
/// <param name="IncidentNumber">The agency's own number of the incident; its reports are found again by it.</param>
/// <param name="System">The sending system.</param>
public sealed record Source([Required, RegularExpression(PlaceChecks.Ori)] string? AgencyOri,
    [Required, RegularExpression(Permitted.IncidentNumber)] string? IncidentNumber, [RegularExpression(Permitted.SystemName)] string? System);

/// <summary>The reporting officer: the reporter's identity in the sense of PC 11167(d).</summary>
/// <param name="Name">Name.</param>
/// <param name="Badge">Number of the badge.</param>
/// <param name="Phone">Where the desk and the county reach the officer.</param>
public sealed record Officer([MaxLength(Permitted.Text)] string? Name, [MaxLength(Permitted.Text)] string? Badge, [MaxLength(Permitted.Text)] string? Phone);

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
/// <param name="TakenAt">Since when. Not in the future.</param>
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

/// <summary>A child; <c>{}</c> when nothing is known yet.</summary>
public sealed record Child
{
    /// <summary>Its name.</summary>
    public PersonName? Name { get; init; }
    /// <summary>Another name that it goes by.</summary>
    [MaxLength(Permitted.Text)]
    public string? Alias { get; init; }
    /// <summary>Its date of birth. Whoever is 18 is no child here.</summary>
    public DateOnly? DateOfBirth { get; init; }
    /// <summary>Its age in whole years as the officer judges it.</summary>
    [Range(0, Permitted.OldestChild)]
    public int? ApproximateAge { get; init; }
    /// <summary>Its gender; <c>unknown</c> when it is left out.</summary>
    [CodeOf(typeof(Genders))]
    public string? Gender { get; init; }
    /// <summary>The languages that it speaks, as ISO 639 codes or BCP 47 tags: <c>es</c>, <c>zh-Hant</c>, <c>ase</c>.</summary>
    [MaxLength(Permitted.Languages), ItemLength(LanguageTags.Longest)]
    public IReadOnlyList<string?>? Languages { get; init; }
    /// <summary>The county where it lives, five-digit FIPS; that county is told too.</summary>
    [MaxLength(CountyFips.Longest)]
    public string? ResidenceCountyFips { get; init; }
    /// <summary>The county whose juvenile court has its dependency case, five-digit FIPS; that county is told too.</summary>
    [MaxLength(CountyFips.Longest)]
    public string? DependencyCountyFips { get; init; }
    /// <summary>It has been reported missing.</summary>
    public bool? Missing { get; init; }
    /// <summary>It lives in a home or facility that is licensed to care for children (foster home, group home, STRTP); the licensing office must know then.</summary>
    public bool? LivesInLicensedHome { get; init; }
    /// <summary>There is reason to know that it is an Indian child (ICWA): somebody said so, or it lives on a reservation. Ask; its tribe must know then.</summary>
    public bool? ReasonToKnowIndianChild { get; init; }
    /// <summary>Its tribe, in words.</summary>
    [MaxLength(Permitted.Text)]
    public string? Tribe { get; init; }
    /// <summary>Its tribe as it is known here, <c>tribe:</c> and its code, when your system has it: it is told then, if it takes part.</summary>
    [RegularExpression(ChildChecks.Tribe), MaxLength(Organization.Longest)]
    public string? TribeOrganization { get; init; }
    /// <summary>What it needs; each is offered to providers by itself.</summary>
    [MaxLength(Permitted.Codes), CodeOf(typeof(NeedTypes))]
    public IReadOnlyList<string?>? Needs { get; init; }
    /// <summary>What whoever meets it must know.</summary>
    public Safety? Safety { get; init; }
    /// <summary>The report, in an earlier receipt of the agency, that is about the same child: the sender knows. Each stays a report of its own.</summary>
    public Guid? SameChildAs { get; init; }

    /// <summary>With the codes that the system itself writes. For one that has been checked.</summary>
    public Child WithCanonicalCodes() => this with
    {
        Languages = Languages?.Select(l => LanguageTags.TryCanonicalize(l, out var tag) ? tag : l).Distinct().ToList(),
        ResidenceCountyFips = Place.CountyOf(ResidenceCountyFips)?.Text,
        DependencyCountyFips = Place.CountyOf(DependencyCountyFips)?.Text,
    };
}

/// <summary>A name.</summary>
/// <param name="Given">Given names.</param>
/// <param name="Family">Family name.</param>
public sealed record PersonName([MaxLength(Permitted.Text)] string? Given, [MaxLength(Permitted.Text)] string? Family);

/// <summary>What whoever meets the child must know.</summary>
/// <param name="GuardianUnsafe">A guardian must not be contacted.</param>
/// <param name="MedicalAlerts">Allergies, medication, injuries.</param>
/// <param name="Notes">What else.</param>
public sealed record Safety(bool? GuardianUnsafe, [MaxLength(Permitted.Notes)] string? MedicalAlerts, [MaxLength(Permitted.Notes)] string? Notes);

/// <summary>A parent or guardian.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Telephone number.</param>
/// <param name="Address">Address.</param>
public sealed record Guardian([MaxLength(Permitted.Text)] string? Name, [MaxLength(Permitted.Text)] string? Phone, [MaxLength(Permitted.Address)] string? Address);

/// <summary>Somebody who may have harmed the child.</summary>
/// <param name="Name">Name.</param>
/// <param name="Description">What is known of the person.</param>
public sealed record Suspect([MaxLength(Permitted.Text)] string? Name, [MaxLength(Permitted.Notes)] string? Description);
