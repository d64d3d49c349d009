using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>Encounters and places that many tests speak of.</summary>
internal static class Facts
{
    public static readonly CountyMap Map = Maps.California;

    public static readonly Guid EncounterId = Guid.Parse("0195a000-0000-7000-8000-000000000001");
    public static readonly FoundLocation DowntownLosAngeles = new(34.05, -118.25, 15);
    /// <summary>East Whittier, Los Angeles County, 2.4 km from Orange County.</summary>
    public static readonly FoundLocation EastWhittier = new(33.95, -118.0, 15);
    /// <summary>La Mirada, Los Angeles County, 370 m from Orange County.</summary>
    public static readonly FoundLocation LaMirada = new(33.9172, -117.979, 15);
    public static readonly FoundLocation Reno = new(39.5296, -119.8138, 15);
    /// <summary>In Nevada, 414 m from El Dorado County by the map.</summary>
    public static readonly FoundLocation Stateline = new(38.9624, -119.9399, 15);

    public static JurisdictionFacts Encounter(FoundLocation? location, string? named = null, string ori = "CA0194200", params ReportedChild[] children) => new()
    {
        AgencyOri = ori,
        Location = location,
        StatedCountyFips = County(named),
        Reports = children.Length > 0 ? children : [Child()],
    };

    public static ReportedChild Child(string? residence = null, string? dependency = null, int number = 1) => new()
    {
        ReportId = Guid.Parse($"0195a000-0000-7000-8000-0000000001{number:00}"),
        ReportedAt = new(2026, 11, 21, 7, 0, 0, TimeSpan.Zero),
        Child = number,
        AgeBand = AgeBands.From13To15,
        Gender = Genders.Unknown,
        ResidenceCountyFips = County(residence),
        DependencyCountyFips = County(dependency),
    };

    /// <summary>Why a person must confirm the responder.</summary>
    public static string? ToConfirm(this RoutingDecision routing) => routing.ShouldBeOfType<RoutingDecision.Determined>().ToConfirm;

    /// <summary>The only report's recipients in one line each: <c>06037 RESPONDER FOUND_LOCATION CLEAR</c>.</summary>
    public static string[] Told(this RoutingDecision routing) => [.. routing.ShouldBeOfType<RoutingDecision.Determined>().Reports.ShouldHaveSingleItem().Recipients
        .Select(recipient => $"{recipient.Organization.CountyFips} {recipient.Role.Text()} {recipient.Basis} {recipient.Confidence}")];

    private static CountyFips? County(string? fips) => fips is null ? null : CountyFips.Parse(fips);
}
