using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What a decision looked at, in codes and counties; it says nothing of the child.</summary>
/// <param name="Present">Where the child is now, when that is elsewhere; absent when the report does not say so.</param>
/// <param name="Found">Where the child was found.</param>
/// <param name="AgencyCountyFips">The county that the reporting agency's identifier tells; absent when it tells none.</param>
public sealed record Evidence(PlaceEvidence? Present, PlaceEvidence Found, CountyFips? AgencyCountyFips)
{
    internal static Evidence Of(SeenPlace? present, SeenPlace found, CountyFips? agency, CountyMap map) => new(present is null ? null : PlaceEvidence.Of(present, map), PlaceEvidence.Of(found, map), agency);
}

/// <summary>What was looked at of a place.</summary>
public sealed record PlaceEvidence
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
    /// <summary>The states and countries that begin so near to them that it is said, the nearest first.</summary>
    public IReadOnlyList<OuterLine> OuterLines { get; init; } = [];
    /// <summary>The county that the report names.</summary>
    public CountyFips? StatedCountyFips { get; init; }
    /// <summary>The counties that city and ZIP code allow.</summary>
    public IReadOnlyList<CountyFips> PlaceCountyFips { get; init; } = [];
    /// <summary>City and ZIP code were both stated, and agree.</summary>
    public bool CityAndZipAgree { get; init; }
    /// <summary>What the coordinates look like when they are not in the state. Nothing was corrected by it.</summary>
    [CodeOf(typeof(CoordinateMistakes))]
    public string? Mistake { get; init; }
    /// <summary>The county that they would be in without that mistake.</summary>
    public CountyFips? MeantCountyFips { get; init; }
    /// <summary>The mistake for people, and what to ask the officer.</summary>
    public string? Suggestion { get; init; }
    /// <summary>What of it does not go together.</summary>
    [CodeOf(typeof(PlaceContradictions))]
    public IReadOnlyList<string> Contradictions { get; init; } = [];

    internal static PlaceEvidence Of(SeenPlace seen, CountyMap map)
    {
        var point = seen.Point;
        var mistake = seen.Given is { } given && point?.County is null ? SuspectedMistake.Of(given.Latitude, given.Longitude, map.State.Bounds) : null;
        var meant = mistake?.Meant is var (north, east) ? map.Locate(north, east).County : null;
        return new()
        {
            Coordinates = seen.Given is null ? CoordinatesSeen.None : point is null ? CoordinatesSeen.NotOnEarth : point.County is null ? CoordinatesSeen.OutsideState
                : point.OnWater ? CoordinatesSeen.OnWater : CoordinatesSeen.InState,
            AccuracyMeters = seen.Accuracy > 0 ? seen.Accuracy : null,
            CountyFips = point?.County?.Fips,
            DistanceToLineMeters = point is { County: not null } ? Determination.Whole(point.LineMeters) : null,
            DistanceToStateLineMeters = point is null ? null : Determination.Whole(point.StateLineMeters),
            OuterLines = seen.OuterLines,
            StatedCountyFips = seen.Named?.Fips,
            PlaceCountyFips = [.. seen.Possible.Select(county => county.Fips)],
            CityAndZipAgree = seen.CityAndZipAgree,
            Mistake = mistake?.Code,
            MeantCountyFips = meant?.Fips,
            Suggestion = mistake is null ? null : $"The coordinates are not in {map.State.Name}. {mistake.Text}{(meant is null ? "" : $" Then they are in {meant.Name} County.")} Ask the officer where the child is.",
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
