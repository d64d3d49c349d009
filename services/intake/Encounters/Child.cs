using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>A child; <c>{}</c> when nothing is known yet.</summary>
public sealed record Child
{
    /// <summary>Its name.</summary>
    public PersonName? Name { get; init; }
    /// <summary>Another name that it goes by.</summary>
    [MaxLength(Permitted.Text)]
    public string? Alias { get; init; }
    /// <summary>Its date of birth. Whoever is 18 is no child here, but for one of 18 to 20 in foster care or under the juvenile court (<c>particulars.inFosterCare</c>, <c>dependencyCountyFips</c>).</summary>
    public DateOnly? DateOfBirth { get; init; }
    /// <summary>Its age in whole years as the officer judges it.</summary>
    [Range(0, Permitted.OldestInCare)]
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
    /// <summary>What the written report asks for besides, and what was done for it: sealed, for counties, and nothing is routed or matched by it.</summary>
    public ChildParticulars? Particulars { get; init; }
    /// <summary>The report, in an earlier receipt of the agency, that is about the same child: the sender knows. Each stays a report of its own.</summary>
    public Guid? SameChildAs { get; init; }

    /// <summary>With the codes that the system itself writes. For one that has been checked.</summary>
    public Child WithCanonicalCodes() => this with
    {
        Languages = Languages?.Select(l => LanguageTags.TryCanonicalize(l, out var tag) ? tag : l).Distinct().ToList(),
        ResidenceCountyFips = Place.CountyOf(ResidenceCountyFips)?.Text,
        DependencyCountyFips = Place.CountyOf(DependencyCountyFips)?.Text,
        Particulars = Particulars?.WithCanonicalCodes(),
    };

    /// <summary>How old it may be: to 20 in foster care or under the juvenile court, as a nonminor dependent is (WIC 16501.35).</summary>
    internal int Oldest => Particulars?.InFosterCare == true || DependencyCountyFips is not null ? Permitted.OldestInCare : Permitted.OldestChild;
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
