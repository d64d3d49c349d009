namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What a decision looked at, in codes and counties; it says nothing of the child.</summary>
public sealed record Evidence
{
    /// <summary>What the coordinates were.</summary>
    [CodeOf(typeof(CoordinatesSeen))]
    public required string Coordinates { get; init; }
    /// <summary>Meters by which they may be wrong; absent when that is not known.</summary>
    public double? AccuracyMeters { get; init; }
    /// <summary>The county that they are in, or, on water, whose shore is the nearest.</summary>
    public CountyFips? CountyFips { get; init; }
    /// <summary>Meters from them to the next county of the state.</summary>
    public int? DistanceToLineMeters { get; init; }
    /// <summary>Meters from them to the next state or country; from there, to the state.</summary>
    public int? DistanceToStateLineMeters { get; init; }
    /// <summary>The county that the report names.</summary>
    public CountyFips? StatedCountyFips { get; init; }
    /// <summary>The counties that city and ZIP code allow.</summary>
    public IReadOnlyList<CountyFips> PlaceCountyFips { get; init; } = [];
    /// <summary>City and ZIP code were both stated, and agree.</summary>
    public bool CityAndZipAgree { get; init; }
    /// <summary>The county that the reporting agency's identifier tells.</summary>
    public CountyFips? AgencyCountyFips { get; init; }
    /// <summary>What of it does not go together.</summary>
    [CodeOf(typeof(PlaceContradictions))]
    public IReadOnlyList<string> Contradictions { get; init; } = [];

    internal static Evidence Of(SeenPlace seen, CountyFips? agency)
    {
        var point = seen.Point;
        return new()
        {
            Coordinates = seen.Given is null ? CoordinatesSeen.None : point is null ? CoordinatesSeen.NotOnEarth : point.County is null ? CoordinatesSeen.OutsideState
                : point.OnWater ? CoordinatesSeen.OnWater : CoordinatesSeen.InState,
            AccuracyMeters = seen.Accuracy > 0 ? seen.Accuracy : null,
            CountyFips = point?.County?.Fips,
            DistanceToLineMeters = point is { County: not null } ? Determination.Whole(point.LineMeters) : null,
            DistanceToStateLineMeters = point is null ? null : Determination.Whole(point.StateLineMeters),
            StatedCountyFips = seen.Named?.Fips,
            PlaceCountyFips = [.. seen.Possible.Select(county => county.Fips)],
            CityAndZipAgree = seen.CityAndZipAgree,
            AgencyCountyFips = agency,
            Contradictions = [.. Against(seen)],
        };
    }

    private static IEnumerable<string> Against(SeenPlace seen)
    {
        if (seen is { Point.County: { } found, Named: { } named } && named != found)
            yield return PlaceContradictions.StatedCountyElsewhere;
        if (seen is { Point.County: { } county, Possible.Count: > 0 } && !seen.Possible.Contains(county))
            yield return PlaceContradictions.CityOrZipElsewhere;
        if (seen is { Named: { } stated, Possible.Count: > 0 } && !seen.Possible.Contains(stated))
            yield return PlaceContradictions.StatedCountyNotOfCityOrZip;
    }
}

/// <summary>What the coordinates of a report were.</summary>
public static class CoordinatesSeen
{
    /// <summary>None were given.</summary>
    public const string None = "NONE";
    /// <summary>They are in a county.</summary>
    public const string InState = "IN_STATE";
    /// <summary>They are on water, near a county's shore.</summary>
    public const string OnWater = "ON_WATER";
    /// <summary>They are in another state, abroad or far at sea.</summary>
    public const string OutsideState = "OUTSIDE_STATE";
    /// <summary>There is no such point.</summary>
    public const string NotOnEarth = "NOT_ON_EARTH";
}

/// <summary>What of a report's place does not go together.</summary>
public static class PlaceContradictions
{
    /// <summary>The coordinates are in another county than the report names.</summary>
    public const string StatedCountyElsewhere = "STATED_COUNTY_ELSEWHERE";
    /// <summary>The coordinates are in a county that city and ZIP code do not allow.</summary>
    public const string CityOrZipElsewhere = "CITY_OR_ZIP_ELSEWHERE";
    /// <summary>City and ZIP code do not allow the county that the report names.</summary>
    public const string StatedCountyNotOfCityOrZip = "STATED_COUNTY_NOT_OF_CITY_OR_ZIP";
}
