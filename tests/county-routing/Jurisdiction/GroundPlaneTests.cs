using NetTopologySuite.Geometries;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

public class GroundPlaneTests
{
    [Theory]
    [InlineData(0, 110_574, 111_320)]
    [InlineData(15, 110_649, 107_550)]
    [InlineData(30, 110_852, 96_486)]
    [InlineData(45, 111_132, 78_847)]
    [InlineData(60, 111_412, 55_800)]
    public void A_degree_is_as_long_as_the_tables_of_WGS_84_say(double latitude, double north, double east)
    {
        Meters(latitude, 0, (latitude + 1, 0), (latitude + 1, 0)).ShouldBe(north, 2);
        Meters(latitude, 0, (latitude, 1), (latitude, 1)).ShouldBe(east, 2);
    }

    // By Vincenty's formula on the ellipsoid.
    [Theory]
    [InlineData("San Francisco to San Jose", 37.7749, -122.4194, 37.3382, -121.8863, 67_587)]
    [InlineData("Sacramento to San Francisco", 38.5816, -121.4944, 37.7749, -122.4194, 120_774)]
    [InlineData("Fresno to Bakersfield", 36.7378, -119.7871, 35.3733, -119.0187, 166_481)]
    [InlineData("Los Angeles to San Diego", 34.0522, -118.2437, 32.7157, -117.1611, 179_217)]
    public void As_far_as_any_county_line_a_distance_is_better_than_a_third_of_a_percent(
        string way, double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double meters) =>
        Meters(fromLatitude, fromLongitude, (toLatitude, toLongitude), (toLatitude, toLongitude)).ShouldBe(meters, meters / 300, way);

    [Fact]
    public void Beside_a_segment_the_perpendicular_counts_and_beyond_it_its_end()
    {
        // A line along the parallel 34 N, one degree long; 0.01 degrees of latitude are 1109.2 m there, of longitude 923.9 m.
        (double, double) west = (34, -118), east = (34, -117);
        Meters(34.01, -117.5, west, east).ShouldBe(1109.2, 1);
        Meters(34, -116.99, west, east).ShouldBe(923.9, 1);
        Meters(34.01, -118.01, west, east).ShouldBe(Math.Sqrt(1109.2 * 1109.2 + 923.9 * 923.9), 2);
        Meters(34, -117.3, west, east).ShouldBe(0, 1e-6);
    }

    private static double Meters(double latitude, double longitude, (double Latitude, double Longitude) from, (double Latitude, double Longitude) to) =>
        new GroundPlane(latitude, longitude).MetersTo(new BorderSegment(
            new Coordinate(from.Longitude, from.Latitude), new Coordinate(to.Longitude, to.Latitude), BorderKind.CountyLine, []));
}
