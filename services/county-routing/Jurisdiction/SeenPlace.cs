using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>A place of a report as the map and the state's list of counties see it.</summary>
internal sealed class SeenPlace
{
    public SeenPlace(FoundLocation? location, CountyFips? named, StatedPlace? stated, CountyMap map, bool isPresent = false)
    {
        IsPresent = isPresent;
        Given = location;
        Accuracy = location?.AccuracyMeters is > 0 and < double.PositiveInfinity and var radius ? radius : 0;
        Point = location is not null && CountyMap.IsOnEarth(location.Latitude, location.Longitude) ? map.Locate(location.Latitude, location.Longitude) : null;
        Named = map.Find(named);
        // What a circle wider than that reaches says nothing.
        OuterLines = Point?.OuterLinesWithin(Accuracy <= Bands.Default.VagueMeters ? Math.Max(map.State.OuterLines.NearMeters, Accuracy) : map.State.OuterLines.NearMeters) ?? [];
        Possible = [.. stated?.Counties.Select(fips => map.Find(fips)).OfType<County>() ?? []];
        CityAndZipAgree = stated?.CityAndZipAgree == true;
    }

    /// <summary>The child is there now; else it was found there.</summary>
    public bool IsPresent { get; }

    /// <summary>The coordinates as they were given; null when none were.</summary>
    public FoundLocation? Given { get; }

    /// <summary>Meters by which the coordinates may be wrong; 0 when that is not known.</summary>
    public double Accuracy { get; }

    /// <summary>What the map knows of them; null when there are none on Earth.</summary>
    public LocatedPoint? Point { get; }

    /// <summary>Other states and countries that begin near the coordinates, the nearest first.</summary>
    public IReadOnlyList<OuterLine> OuterLines { get; }

    /// <summary>The county that the report names; null when it names none of the state's.</summary>
    public County? Named { get; }

    /// <summary>The counties that city and ZIP code allow; none when they say nothing.</summary>
    public IReadOnlyList<County> Possible { get; }

    /// <summary>Both were stated, and these are the counties that both can be in.</summary>
    public bool CityAndZipAgree { get; }

    /// <summary>Something of it says where it is, be it elsewhere.</summary>
    public bool SaysWhere => Point is not null || Named is not null || Possible.Count > 0;

    /// <summary>What its coordinates, when they decide, are called.</summary>
    public string Basis => IsPresent ? Bases.PresentLocation : Point?.OnWater == true ? Bases.NearestShore : Bases.FoundLocation;

    /// <summary>Its county, as far as that is no guess; null otherwise.</summary>
    public County? KnownCounty => Point is { } point ? point.County : Named ?? (CityAndZipAgree && Possible is [var only] ? only : null);
}
