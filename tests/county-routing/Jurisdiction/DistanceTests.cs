using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

public class DistanceTests
{
    [Theory]
    [InlineData(0, 110_574, 111_320)]
    [InlineData(15, 110_649, 107_550)]
    [InlineData(30, 110_852, 96_486)]
    [InlineData(45, 111_132, 78_847)]
    [InlineData(60, 111_412, 55_800)]
    public void A_degree_is_as_long_as_the_tables_of_WGS_84_say(double latitude, double north, double east)
    {
        Earth.Meters(new(latitude - 0.5, 0), new(latitude + 0.5, 0)).ShouldBe(north, 2);
        Earth.Meters(new(latitude, 0), new(latitude, 1)).ShouldBe(east, 2);
    }

    [Fact]
    public void From_Los_Angeles_to_San_Francisco_it_is_559_kilometers() =>
        Earth.Meters(new(34.0522, -118.2437), new(37.7749, -122.4194)).ShouldBe(559_000, 559_000 * 0.005);

    [Fact]
    public void Beside_a_stretch_the_perpendicular_counts_and_beyond_it_its_end()
    {
        // A line along the parallel 34 N, one degree long; 0.01 degrees of latitude are 1109.2 m there, of longitude 923.9 m.
        Point west = new(34, -118), east = new(34, -117);
        new Surroundings(new(34.01, -117.5)).MetersTo(west, east).ShouldBe(1109.2, 1);
        new Surroundings(new(34, -116.99)).MetersTo(west, east).ShouldBe(923.9, 1);
        new Surroundings(new(34.01, -118.01)).MetersTo(west, east).ShouldBe(Math.Sqrt(1109.2 * 1109.2 + 923.9 * 923.9), 2);
        new Surroundings(new(34, -117.3)).MetersTo(west, east).ShouldBe(0, 1e-6);
    }
}
