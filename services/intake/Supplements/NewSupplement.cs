using System.ComponentModel.DataAnnotations;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.Intake.Supplements;

/// <summary>What an agency adds to a report of one child. What is not known, or is as it was reported, is left out; at least one thing must be said.</summary>
public sealed record NewSupplement
{
    /// <summary>When the officer learned of it. Not in the future.</summary>
    public DateTimeOffset? LearnedAt { get; init; }
    /// <summary>The officer who adds it; kept from all who may not read it.</summary>
    public Officer? Officer { get; init; }
    /// <summary>Where the child is now. It changes nobody who responds: a county that is not the right one any more refers the report on. Providers that have accepted are told its address as the place to meet the child.</summary>
    public Place? PresentLocation { get; init; }
    /// <summary>The child is in danger now: what is told of this supplement is <c>IMMEDIATE</c>.</summary>
    public bool? ImmediateDanger { get; init; }
    /// <summary>What is known of the child now.</summary>
    public ChildNews? Child { get; init; }
    /// <summary>The children's parents and guardians, as far as they are news.</summary>
    [MaxLength(Permitted.Guardians)]
    public IReadOnlyList<Guardian?>? Guardians { get; init; }
    /// <summary>Who may have harmed the child, as far as that is news.</summary>
    [MaxLength(Permitted.Suspects)]
    public IReadOnlyList<Suspect?>? Suspects { get; init; }
    /// <summary>What the officer has to say further.</summary>
    [MaxLength(Permitted.Narrative)]
    public string? Narrative { get; init; }

    /// <summary>What it says something of: <see cref="SupplementFacts"/>, none when it says nothing.</summary>
    public IReadOnlyList<string> Told() => [.. Facts().Where(fact => fact.IsSaid).Select(fact => fact.Name)];

    /// <summary>With the codes that the system itself writes. For one that has been checked.</summary>
    public NewSupplement WithCanonicalCodes() => this with { PresentLocation = PresentLocation?.WithCanonicalCodes(), Child = Child?.WithCanonicalCodes() };

    private IEnumerable<(string Name, bool IsSaid)> Facts() =>
    [
        .. (Child ?? new()).Facts(),
        (SupplementFacts.ImmediateDanger, ImmediateDanger is not null),
        (SupplementFacts.PresentLocation, PresentLocation is not null && PresentLocation != new Place(null, null, null, null, null, null, null)),
        (SupplementFacts.MeetingPoint, ReportedFacts.HasText(PresentLocation?.Address) || ReportedFacts.HasText(PresentLocation?.City)),
        (SupplementFacts.Guardians, Guardians is { Count: > 0 }),
        (SupplementFacts.Suspects, Suspects is { Count: > 0 }),
        (SupplementFacts.Narrative, ReportedFacts.HasText(Narrative)),
        (SupplementFacts.Officer, Officer is { } o && (ReportedFacts.HasText(o.Name) || ReportedFacts.HasText(o.Badge) || ReportedFacts.HasText(o.Phone))),
    ];
}

/// <summary>What is known of a child now: the facts of a report, but for what it needs and whether it is another report's child.</summary>
public sealed record ChildNews
{
    /// <summary>Its name.</summary>
    public PersonName? Name { get; init; }
    /// <summary>Another name that it goes by.</summary>
    [MaxLength(Permitted.Text)]
    public string? Alias { get; init; }
    /// <summary>Its date of birth. Whoever was more than 20 on the day of the encounter is nobody whom a report here is about.</summary>
    public DateOnly? DateOfBirth { get; init; }
    /// <summary>Its age in whole years as the officer judges it.</summary>
    [Range(0, Permitted.OldestInCare)]
    public int? ApproximateAge { get; init; }
    /// <summary>Its gender.</summary>
    [CodeOf(typeof(Genders))]
    public string? Gender { get; init; }
    /// <summary>All languages that it speaks, as ISO 639 codes or BCP 47 tags.</summary>
    [MaxLength(Permitted.Languages), ItemLength(LanguageTags.Longest)]
    public IReadOnlyList<string?>? Languages { get; init; }
    /// <summary>The county where it lives, five-digit FIPS.</summary>
    [MaxLength(CountyFips.Longest)]
    public string? ResidenceCountyFips { get; init; }
    /// <summary>The county whose juvenile court has its dependency case, five-digit FIPS.</summary>
    [MaxLength(CountyFips.Longest)]
    public string? DependencyCountyFips { get; init; }
    /// <summary>It has been reported missing.</summary>
    public bool? Missing { get; init; }
    /// <summary>It lives in a home or facility that is licensed to care for children.</summary>
    public bool? LivesInLicensedHome { get; init; }
    /// <summary>There is reason to know that it is an Indian child (ICWA).</summary>
    public bool? ReasonToKnowIndianChild { get; init; }
    /// <summary>Its tribe, in words.</summary>
    [MaxLength(Permitted.Text)]
    public string? Tribe { get; init; }
    /// <summary>Its tribe as it is known here, <c>tribe:</c> and its code.</summary>
    [RegularExpression(ServiceDefaults.States.ChildChecks.Tribe), MaxLength(Organization.Longest)]
    public string? TribeOrganization { get; init; }
    /// <summary>What whoever meets it must know.</summary>
    public Safety? Safety { get; init; }
    /// <summary>What the written report asks for besides, and what was done for it, as far as it is news.</summary>
    public ChildParticulars? Particulars { get; init; }

    /// <summary>The same as it stands in a report: what is checked there is checked here.</summary>
    public Child AsReported() => new()
    {
        Name = Name,
        Alias = Alias,
        DateOfBirth = DateOfBirth,
        ApproximateAge = ApproximateAge,
        Gender = Gender,
        Languages = Languages,
        ResidenceCountyFips = ResidenceCountyFips,
        DependencyCountyFips = DependencyCountyFips,
        Missing = Missing,
        LivesInLicensedHome = LivesInLicensedHome,
        ReasonToKnowIndianChild = ReasonToKnowIndianChild,
        Tribe = Tribe,
        TribeOrganization = TribeOrganization,
        Safety = Safety,
        Particulars = Particulars,
    };

    /// <summary>With the codes that the system itself writes. For one that has been checked.</summary>
    public ChildNews WithCanonicalCodes() => AsReported().WithCanonicalCodes() is var child
        ? this with { Particulars = child.Particulars, Languages = child.Languages, ResidenceCountyFips = child.ResidenceCountyFips, DependencyCountyFips = child.DependencyCountyFips } : this;

    /// <summary>The coded facts, with the age on the day of the encounter; null when there are none. Of one that has been checked and has canonical codes.</summary>
    public SupplementedChild? Coded(DateOnly encounteredOn)
    {
        var coded = new SupplementedChild
        {
            AgeBand = DateOfBirth is { } born ? AgeBands.Of(Ages.On(encounteredOn, born)) : ApproximateAge is { } age ? AgeBands.Of(age) : null,
            Gender = Gender,
            Languages = Languages is { Count: > 0 } ? [.. Languages.OfType<string>()] : null,
            ResidenceCountyFips = Place.CountyOf(ResidenceCountyFips),
            DependencyCountyFips = Place.CountyOf(DependencyCountyFips),
            Missing = Missing,
            LivesInLicensedHome = LivesInLicensedHome,
            ReasonToKnowIndianChild = ReasonToKnowIndianChild,
            TribeOrganization = ServiceDefaults.States.ChildChecks.TribeOf(TribeOrganization),
            GuardianUnsafe = Safety?.GuardianUnsafe,
        };
        return coded == new SupplementedChild() ? null : coded;
    }

    internal IEnumerable<(string Name, bool IsSaid)> Facts() =>
    [
        (SupplementFacts.Name, ReportedFacts.HasText(Name?.Given) || ReportedFacts.HasText(Name?.Family)),
        (SupplementFacts.Alias, ReportedFacts.HasText(Alias)),
        (SupplementFacts.DateOfBirth, DateOfBirth is not null),
        (SupplementFacts.ApproximateAge, ApproximateAge is not null),
        (SupplementFacts.Gender, Gender is not null),
        (SupplementFacts.Languages, Languages is { Count: > 0 }),
        (SupplementFacts.ResidenceCounty, ResidenceCountyFips is not null),
        (SupplementFacts.DependencyCounty, DependencyCountyFips is not null),
        (SupplementFacts.Missing, Missing is not null),
        (SupplementFacts.LivesInLicensedHome, LivesInLicensedHome is not null),
        (SupplementFacts.ReasonToKnowIndianChild, ReasonToKnowIndianChild is not null),
        (SupplementFacts.Tribe, ReportedFacts.HasText(Tribe) || TribeOrganization is not null),
        (SupplementFacts.GuardianUnsafe, Safety?.GuardianUnsafe is not null),
        (SupplementFacts.MedicalAlerts, ReportedFacts.HasText(Safety?.MedicalAlerts)),
        (SupplementFacts.SafetyNotes, ReportedFacts.HasText(Safety?.Notes)),
        (SupplementFacts.Particulars, Particulars is not null && Particulars != new ChildParticulars()),
    ];
}
