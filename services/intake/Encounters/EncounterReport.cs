namespace SafeHarbor.Intake.Encounters;

/// <summary>The body of <c>POST /v1/encounters</c>. Every member may be absent here; <see cref="EncounterValidation"/> says which must be there.</summary>
public sealed record EncounterReport
{
    public Source? Source { get; init; }
    public Officer? Officer { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public DateTimeOffset? LearnedAt { get; init; }
    public Place? Location { get; init; }
    public Custody? Custody { get; init; }
    public bool? ImmediateDanger { get; init; }
    public TelephoneCall? TelephoneReport { get; init; }
    public IReadOnlyList<Child?>? Children { get; init; }
    public IReadOnlyList<Guardian?>? Guardians { get; init; }
    public IReadOnlyList<Suspect?>? Suspects { get; init; }
    public string? Narrative { get; init; }

    /// <summary>With the codes that the system itself writes, whatever the sender's. For one that has been checked.</summary>
    public EncounterReport WithCanonicalCodes() => this with
    {
        Source = Source! with { IncidentNumber = string.Join(' ', Source.IncidentNumber!.Split(' ', StringSplitOptions.RemoveEmptyEntries)) },
        Location = Location is { } place ? place with { CountyFips = Place.CountyOf(place.CountyFips)?.Text } : null,
        Children = [.. Children!.Select(child => child!.WithCanonicalCodes())],
    };
}

/// <summary>Which agency reports, and under which number of its own.</summary>
public sealed record Source(string? AgencyOri, string? IncidentNumber, string? System);

/// <summary>The reporting officer: the reporter's identity in the sense of PC 11167(d).</summary>
public sealed record Officer(string? Name, string? Badge, string? Phone);

/// <summary>Where the child was found.</summary>
public sealed record Place(double? Latitude, double? Longitude, double? AccuracyMeters, string? Address, string? City, string? Zip, string? CountyFips)
{
    /// <summary>A county as a sender writes it; null when that is none.</summary>
    internal static CountyFips? CountyOf(string? text) => Contracts.Codes.CountyFips.TryParse(text, out var county) ? county : null;
}

/// <summary>Protective custody of the child (WIC 305).</summary>
public sealed record Custody(bool? Taken, DateTimeOffset? TakenAt, IReadOnlyList<string?>? Grounds);

/// <summary>The officer's telephone report to the county (PC 11166(a)).</summary>
public sealed record TelephoneCall(DateTimeOffset? CalledAt, string? Agency, string? Contact, string? ReferralNumber);

/// <summary>A child; <c>{}</c> when nothing is known yet.</summary>
public sealed record Child
{
    public PersonName? Name { get; init; }
    public string? Alias { get; init; }
    public DateOnly? DateOfBirth { get; init; }
    public int? ApproximateAge { get; init; }
    public string? Gender { get; init; }
    public IReadOnlyList<string?>? Languages { get; init; }
    public string? ResidenceCountyFips { get; init; }
    public string? DependencyCountyFips { get; init; }
    public bool? Missing { get; init; }
    public string? Tribe { get; init; }
    public IReadOnlyList<string?>? Needs { get; init; }
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

public sealed record PersonName(string? Given, string? Family);

/// <summary>What whoever meets the child must know.</summary>
public sealed record Safety(bool? GuardianUnsafe, string? MedicalAlerts, string? Notes);

public sealed record Guardian(string? Name, string? Phone, string? Address);

public sealed record Suspect(string? Name, string? Description);
