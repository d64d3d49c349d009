using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>The map of the counties: in which one a point lies and how far the next ones are. Immutable; it holds as many as there are.</summary>
public sealed class CountyMap
{
    private readonly Dictionary<CountyFips, County> byFips;
    private readonly BorderIndex borders, countyLines, shores, outerLines;

    internal CountyMap(State state, IReadOnlyList<BorderSegment> segments)
    {
        State = state;
        Segments = segments;
        byFips = state.Counties.ToDictionary(county => county.Fips);
        borders = new(segments);
        countyLines = new(segments.Where(segment => segment.Kind is BorderKind.CountyLine));
        shores = new(segments.Where(segment => segment.Kind is BorderKind.Shore));
        outerLines = new(segments.Where(segment => segment.IsOuter));
    }

    /// <summary>Whose map it is.</summary>
    public State State { get; }

    /// <summary>What the files are by which the map decides: the same text for the same files alone. Empty for a map that is of no file.</summary>
    public string Version { get; init; } = "";

    /// <summary>All of the state's, by FIPS.</summary>
    public IReadOnlyList<County> Counties => State.Counties;

    internal IReadOnlyList<BorderSegment> Segments { get; }

    /// <summary>The county with this FIPS code; null when the map has none.</summary>
    public County? Find(CountyFips? fips) => fips is null ? null : byFips.GetValueOrDefault(fips);

    /// <summary>The county whose agency this organization is; null when it is another's.</summary>
    public County? OfOrganization(Organization organization) =>
        organization.Kind == Organization.County ? Find(organization.CountyFips) : null;

    /// <summary>Whether there is such a point; not when a coordinate is out of range or no number.</summary>
    public static bool IsOnEarth(double latitude, double longitude) => Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180;

    /// <summary>What the map knows of a point anywhere on Earth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The coordinates are not on Earth.</exception>
    public LocatedPoint Locate(double latitude, double longitude)
    {
        if (!IsOnEarth(latitude, longitude)) throw new ArgumentOutOfRangeException(nameof(latitude), "Latitude is -90 to 90, longitude -180 to 180 degrees.");

        var ground = new GroundPlane(latitude, longitude);
        var beyond = outerLines.SegmentsByDistance(ground).Select(near => new Beyond(near.Segment.Kind, near.Segment.Neighbor, near.Meters));
        var abroad = beyond.Select(line => line.LineMeters).FirstOrDefault(double.PositiveInfinity);
        if (borders.CountyAround(ground.Center) is { } home)
            return new LocatedPoint(home, OnWater: false, countyLines.CountiesByDistance(ground).Where(neighbor => neighbor.County != home), abroad, beyond);

        // Where the coast meets the border both are equally far; then the point is abroad.
        var shore = shores.CountiesByDistance(ground).FirstOrDefault();
        if (shore is null || shore.LineMeters > Bands.ShoreMeters || abroad <= shore.LineMeters)
            return new LocatedPoint(null, OnWater: false, borders.CountiesByDistance(ground), abroad, beyond);
        var across = shores.CountiesByDistance(ground).Skip(1).Select(other => other with { LineMeters = (other.LineMeters - shore.LineMeters) / 2 });
        return new LocatedPoint(shore.County, OnWater: true, across, abroad, beyond);
    }
}
