using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

public class CountyMapTests
{
    private static readonly CountyMap Map = Maps.California;

    [Fact]
    public void There_are_58_counties_with_odd_numbers_in_the_order_of_the_alphabet()
    {
        Map.Counties.Select(county => county.Fips.Text).ShouldBe(Enumerable.Range(0, 58).Select(i => $"06{2 * i + 1:000}"));
        Map.Counties.Select(county => county.Name).ShouldBe(Map.Counties.Select(county => county.Name).Order(StringComparer.Ordinal));
        (Map.Find(CountyFips.Parse("06001"))?.Name, Map.Find(CountyFips.Parse("06037"))?.Name, Map.Find(CountyFips.Parse("06115"))?.Name).ShouldBe(("Alameda", "Los Angeles", "Yuba"));
    }

    [Theory]
    [InlineData("06002")]
    [InlineData("32031")]
    public void What_is_no_county_of_California_is_not_found(string fips) => Map.Find(CountyFips.Parse(fips)).ShouldBeNull();

    [Theory]
    [InlineData("Los Angeles", "Kern", "Orange", "San Bernardino", "Ventura")]
    [InlineData("Imperial", "Riverside", "San Diego")]
    [InlineData("Colusa", "Butte", "Glenn", "Lake", "Sutter", "Yolo")]
    [InlineData("Del Norte", "Humboldt", "Siskiyou")]
    [InlineData("Contra Costa", "Alameda", "Sacramento", "San Joaquin", "Solano")]
    public void A_county_shares_lines_with_its_neighbors_only(string county, params string[] neighbors) =>
        Lines().Where(line => line.Counties.Contains(county)).SelectMany(line => line.Counties).Where(name => name != county)
            .Distinct().Order().ShouldBe(neighbors);

    [Fact]
    public void All_neighbors_make_137_pairs() => Lines().Select(line => string.Join('|', line.Counties)).Distinct().Count().ShouldBe(137);

    [Theory]
    [InlineData("Imperial", "NationalBorder,StateLine")]
    [InlineData("San Diego", "NationalBorder,Shore")]
    [InlineData("Del Norte", "Shore,StateLine")]
    [InlineData("Modoc", "StateLine")]
    [InlineData("Fresno", "")]
    [InlineData("San Mateo", "Shore")]
    public void Every_border_is_of_its_kind(string county, string kinds) =>
        string.Join(',', Map.Segments.Where(segment => Names(segment).Contains(county) && segment.Kind is not BorderKind.CountyLine)
            .Select(segment => segment.Kind.ToString()).Distinct().Order()).ShouldBe(kinds);

    [Fact]
    public void Only_a_county_line_has_two_counties_and_no_segment_is_a_point()
    {
        foreach (var segment in Map.Segments)
        {
            Names(segment).Length.ShouldBe(segment.Kind is BorderKind.CountyLine ? 2 : 1);
            segment.From.ShouldNotBe(segment.To);
        }
    }

    [Theory]
    [InlineData(34.05, -118.25, 57), InlineData(36.75, -119.77, 57), InlineData(41.5, -121.5, 57), InlineData(39.5296, -119.8138, 58)]
    public void All_other_counties_are_there_once_and_the_nearest_comes_first(double latitude, double longitude, int count)
    {
        var neighbors = Map.Locate(latitude, longitude).Neighbors.ToList();

        neighbors.Select(neighbor => neighbor.LineMeters).ShouldBeInOrder();
        neighbors.Select(neighbor => neighbor.County).Distinct().Count().ShouldBe(neighbors.Count);
        neighbors.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData(90.1, 0), InlineData(-90.1, 0), InlineData(0, 180.1), InlineData(0, -180.1), InlineData(double.NaN, 0), InlineData(0, double.NaN)]
    public void What_is_no_point_on_Earth_is_not_located(double latitude, double longitude) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Map.Locate(latitude, longitude)).Message.ShouldStartWith("Latitude is -90 to 90, longitude -180 to 180 degrees.");

    private static IEnumerable<(string[] Counties, BorderSegment Segment)> Lines() =>
        Map.Segments.Where(segment => segment.Kind is BorderKind.CountyLine).Select(segment => (Names(segment), segment));

    private static string[] Names(BorderSegment segment) => [.. segment.Counties.Select(county => county.Name)];
}
