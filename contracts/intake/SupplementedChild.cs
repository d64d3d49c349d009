namespace SafeHarbor.Contracts.Intake;

/// <summary>Coded facts of a child that a supplement says; null is what it does not say.</summary>
public sealed record SupplementedChild
{
    /// <summary>One of <see cref="Codes.AgeBands"/>.</summary>
    [CodeOf(typeof(Codes.AgeBands))]
    public string? AgeBand { get; init; }
    /// <summary>One of <see cref="Codes.Genders"/>.</summary>
    [CodeOf(typeof(Codes.Genders))]
    public string? Gender { get; init; }
    /// <summary>BCP 47 language tags: all that the child speaks, as it is known now.</summary>
    public IReadOnlyList<string>? Languages { get; init; }
    /// <summary>County where the child lives.</summary>
    public Codes.CountyFips? ResidenceCountyFips { get; init; }
    /// <summary>County with the child's dependency case.</summary>
    public Codes.CountyFips? DependencyCountyFips { get; init; }
    /// <summary>The child has been reported missing.</summary>
    public bool? Missing { get; init; }
    /// <summary>The child lives in a home or facility that is licensed to care for children.</summary>
    public bool? LivesInLicensedHome { get; init; }
    /// <summary>There is reason to know that the child is an Indian child.</summary>
    public bool? ReasonToKnowIndianChild { get; init; }
    /// <summary>The child's tribe, such as <c>tribe:yurok</c>.</summary>
    public Organization? TribeOrganization { get; init; }
    /// <summary>A guardian must not be contacted.</summary>
    public bool? GuardianUnsafe { get; init; }

    /// <summary>What is known of a child with this.</summary>
    public ReportedChild Of(ReportedChild child) => child with
    {
        AgeBand = AgeBand ?? child.AgeBand,
        Gender = Gender ?? child.Gender,
        Languages = Languages ?? child.Languages,
        ResidenceCountyFips = ResidenceCountyFips ?? child.ResidenceCountyFips,
        DependencyCountyFips = DependencyCountyFips ?? child.DependencyCountyFips,
        Missing = Missing ?? child.Missing,
        LivesInLicensedHome = LivesInLicensedHome ?? child.LivesInLicensedHome,
        ReasonToKnowIndianChild = ReasonToKnowIndianChild ?? child.ReasonToKnowIndianChild,
        TribeOrganization = TribeOrganization ?? child.TribeOrganization,
        GuardianUnsafe = GuardianUnsafe ?? child.GuardianUnsafe,
    };
}
