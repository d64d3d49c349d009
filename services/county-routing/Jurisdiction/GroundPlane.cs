using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// The ground around a point as a plane in meters, as long and wide as the WGS 84 ellipsoid is there: a distance is exact
/// to 0.3 % at 100 km, farther than counties reach. What is straight on the map stays straight.
/// </summary>
internal sealed class GroundPlane
{
    private const double EquatorialRadius = 6_378_137;
    private const double SquaredEccentricity = 0.006_694_379_990_14;
    private static readonly Coordinate Origin = new(0, 0);
    private readonly double metersPerDegreeNorth, metersPerDegreeEast;

    public GroundPlane(double latitude, double longitude)
    {
        Center = new Coordinate(longitude, latitude);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(latitude));
        var curvature = 1 - SquaredEccentricity * sin * sin;
        var acrossMeridian = EquatorialRadius / Math.Sqrt(curvature);
        metersPerDegreeNorth = double.DegreesToRadians(acrossMeridian * (1 - SquaredEccentricity) / curvature);
        metersPerDegreeEast = double.DegreesToRadians(acrossMeridian * cos);
    }

    /// <summary>In degrees, as the map is.</summary>
    public Coordinate Center { get; }

    public double MetersTo(BorderSegment segment) => DistanceComputer.PointToSegment(Origin, OnPlane(segment.From), OnPlane(segment.To));

    /// <summary>In degrees; a meter more on every side, so that rounding leaves nothing out.</summary>
    public Envelope Square(double meters)
    {
        double east = (meters + 1) / metersPerDegreeEast, north = (meters + 1) / metersPerDegreeNorth;
        return new Envelope(Center.X - east, Center.X + east, Center.Y - north, Center.Y + north);
    }

    private Coordinate OnPlane(Coordinate degrees) =>
        new((degrees.X - Center.X) * metersPerDegreeEast, (degrees.Y - Center.Y) * metersPerDegreeNorth);
}
