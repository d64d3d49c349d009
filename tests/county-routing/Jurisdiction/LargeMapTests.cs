using NetTopologySuite.Geometries;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>
/// A map of as many counties as the nation has, and not California's: 3,600 squares of half a degree, 60 to a row,
/// between the parallels 20 N and 50 N, with other states to the north and south and the sea to the east and west.
/// </summary>
public class LargeMapTests
{
    private const int Side = 60;
    private const double West = -120, South = 20, Degrees = 0.5;
    private static readonly County[] Counties = [.. Enumerable.Range(0, Side * Side).Select(i => new County(CountyFips.Parse($"{10_000 + i}"), $"Square {i}"))];
    private static readonly CountyMap Map = new(TestStates.California with { Counties = Counties }, [.. Borders()]);

    [Fact]
    public void Every_county_is_found_by_a_point_in_it()
    {
        for (var row = 0; row < Side; row++)
            for (var column = 0; column < Side; column++)
                At(row + 0.3, column + 0.6).ShouldSatisfyAllConditions(
                    found => found.County.ShouldBe(Square(row, column)), found => found.OnWater.ShouldBeFalse());
    }

    [Fact]
    public void The_neighbors_are_those_around_it_by_distance() =>
        At(30.2, 30.3).Neighbors.Take(4).Select(neighbor => neighbor.County).ShouldBe([Square(29, 30), Square(30, 29), Square(29, 29), Square(30, 31)]);

    [Fact]
    public void Asked_for_to_the_last_they_are_all_there_and_in_order()
    {
        var all = At(0.5, 0.5).Neighbors.ToList();
        all.Select(neighbor => neighbor.County).ShouldBe(Counties.Skip(1), ignoreOrder: true);
        all.Select(neighbor => neighbor.LineMeters).ShouldBeInOrder();
    }

    [Fact]
    public void A_corner_of_four_counties_is_in_one_and_on_the_line_of_the_others()
    {
        var corner = At(7, 9);
        corner.County.ShouldBe(Square(6, 8));
        corner.Neighbors.TakeWhile(neighbor => neighbor.LineMeters < 1).Select(neighbor => neighbor.County)
            .ShouldBe([Square(6, 9), Square(7, 8), Square(7, 9)], ignoreOrder: true);
    }

    [Fact]
    public void Off_the_coast_it_is_the_nearest_shores_and_beyond_the_state_line_nobodys()
    {
        At(12.5, -0.05).ShouldSatisfyAllConditions(water => water.County.ShouldBe(Square(12, 0)), water => water.OnWater.ShouldBeTrue());
        At(12.5, -0.5).County.ShouldBeNull();
        At(-0.05, 12.5).ShouldSatisfyAllConditions(abroad => abroad.County.ShouldBeNull(), abroad => abroad.Nearest.County.ShouldBe(Square(0, 12)));
    }

    private static LocatedPoint At(double row, double column) => Map.Locate(South + row * Degrees, West + column * Degrees);

    private static County Square(int row, int column) => Counties[row * Side + column];

    private static IEnumerable<BorderSegment> Borders()
    {
        Coordinate Corner(int row, int column) => new(West + column * Degrees, South + row * Degrees);
        for (var across = 0; across <= Side; across++)
            for (var along = 0; along < Side; along++)
            {
                County[] parallel = [.. new[] { across - 1, across }.Where(row => row is >= 0 and < Side).Select(row => Square(row, along))];
                yield return new(Corner(across, along), Corner(across, along + 1), parallel.Length > 1 ? BorderKind.CountyLine : BorderKind.StateLine, parallel);
                County[] meridian = [.. new[] { across - 1, across }.Where(column => column is >= 0 and < Side).Select(column => Square(along, column))];
                yield return new(Corner(along, across), Corner(along + 1, across), meridian.Length > 1 ? BorderKind.CountyLine : BorderKind.Shore, meridian);
            }
    }
}
