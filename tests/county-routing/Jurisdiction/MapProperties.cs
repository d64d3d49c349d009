using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>The map with its index against arithmetic over all its segments, at places nobody chose.</summary>
public class MapProperties
{
    private static readonly CountyMap Map = Maps.California;

    /// <summary>Anywhere in the rectangle around California, a good part of it outside.</summary>
    private static Gen<(double Latitude, double Longitude)> Anywhere() =>
        from latitude in Gen.Choose(32_400_000, 42_100_000)
        from longitude in Gen.Choose(-124_600_000, -114_000_000)
        select (latitude / 1e6, longitude / 1e6);

    private static Gen<(double Latitude, double Longitude)> OnLand() =>
        Anywhere().Where(point => Map.Locate(point.Latitude, point.Longitude) is { County: not null, OnWater: false });

    [Fact]
    public void A_point_is_in_the_county_whose_border_a_ray_from_it_crosses_an_odd_number_of_times() =>
        Prop.ForAll(Anywhere().ToArbitrary(), point =>
        {
            var found = Map.Locate(point.Latitude, point.Longitude);
            var holding = Map.Segments.Where(segment => IsCrossedByRayEastOf(point, segment)).SelectMany(segment => segment.Counties)
                .GroupBy(county => county).Where(crossings => crossings.Count() % 2 == 1).Select(crossings => crossings.Key);
            holding.ShouldBe(found is { County: { } county, OnWater: false } ? [county] : []);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2_000));

    [Fact]
    public void A_corner_of_county_lines_is_in_the_first_of_the_counties_that_meet_there()
    {
        foreach (var corner in Map.Segments.SelectMany(segment => new[] { segment.From, segment.To }, (segment, corner) => (segment, corner)).GroupBy(end => end.corner, end => end.segment))
            if (corner.Any(segment => segment.Kind is BorderKind.CountyLine))
                Map.Locate(corner.Key.Y, corner.Key.X).ShouldSatisfyAllConditions(
                    found => found.County.ShouldBe(corner.SelectMany(segment => segment.Counties).MinBy(county => county.Fips.Text)),
                    found => found.OnWater.ShouldBeFalse(),
                    found => found.LineMeters.ShouldBe(0, 1e-6));
    }

    [Fact]
    public void Every_distance_is_the_shortest_great_circle_to_any_point_of_the_other_countys_lines()
    {
        var samples = Map.Counties.ToDictionary(county => county,
            county => Map.Segments.Where(segment => segment.Kind is BorderKind.CountyLine && segment.Counties.Contains(county)).SelectMany(Samples).ToArray());
        Prop.ForAll(OnLand().ToArbitrary(), point =>
        {
            foreach (var neighbor in Map.Locate(point.Latitude, point.Longitude).Neighbors.Where(neighbor => neighbor.LineMeters < 150_000))
                neighbor.LineMeters.ShouldBe(samples[neighbor.County].Min(sample => GreatCircle(point, sample)), tolerance: 60 + neighbor.LineMeters * 0.01, neighbor.County.Name);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(20));
    }

    [Fact]
    public void Moving_less_than_the_distance_to_the_line_stays_in_the_county_or_leaves_the_state() =>
        Prop.ForAll(OnLand().ToArbitrary(), Gen.Choose(0, 359).ToArbitrary(), Gen.Choose(0, 990).ToArbitrary(), (point, bearing, share) =>
        {
            var from = Map.Locate(point.Latitude, point.Longitude);
            var moved = Moved(point, bearing, from.LineMeters * share / 1000);
            // Over water one comes to another county without crossing a line on land.
            if (moved is { County: not null, OnWater: false } && !HasShore(from.County!)) moved.County.ShouldBe(from.County);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(3_000));

    [Fact]
    public void On_the_bay_moving_less_than_the_distance_to_the_middle_stays_on_the_same_side() =>
        Prop.ForAll(OnTheBay().ToArbitrary(), Gen.Choose(0, 359).ToArbitrary(), Gen.Choose(0, 990).ToArbitrary(), (point, bearing, share) =>
        {
            var from = Map.Locate(point.Latitude, point.Longitude);
            if (Moved(point, bearing, from.LineMeters * share / 1000) is { OnWater: true } moved) moved.County.ShouldBe(from.County);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1_000));

    [Fact]
    public void The_nearest_neighbor_is_first_and_all_57_are_there_once() =>
        Prop.ForAll(OnLand().ToArbitrary(), point =>
        {
            var place = Map.Locate(point.Latitude, point.Longitude);
            place.Neighbors.Select(neighbor => neighbor.County).Append(place.County).Distinct().Count().ShouldBe(58);
            place.Neighbors.Select(neighbor => neighbor.LineMeters).ShouldBeInOrder();
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300));

    private static Gen<(double Latitude, double Longitude)> OnTheBay() =>
        (from latitude in Gen.Choose(37_450_000, 38_150_000)
         from longitude in Gen.Choose(-122_550_000, -122_050_000)
         select (latitude / 1e6, longitude / 1e6)).Where(point => Map.Locate(point.Item1, point.Item2).OnWater);

    private static LocatedPoint Moved((double Latitude, double Longitude) point, int bearing, double meters) => Map.Locate(
        point.Latitude + meters * Math.Cos(double.DegreesToRadians(bearing)) / 111_400,
        point.Longitude + meters * Math.Sin(double.DegreesToRadians(bearing)) / (111_400 * Math.Cos(double.DegreesToRadians(point.Latitude))));

    private static bool HasShore(County county) => Map.Segments.Any(segment => segment.Kind is BorderKind.Shore && segment.Counties.Contains(county));

    private static bool IsCrossedByRayEastOf((double Latitude, double Longitude) p, BorderSegment segment)
    {
        Coordinate from = segment.From, to = segment.To;
        return from.Y > p.Latitude != to.Y > p.Latitude && p.Longitude < (to.X - from.X) * (p.Latitude - from.Y) / (to.Y - from.Y) + from.X;
    }

    private static IEnumerable<(double Latitude, double Longitude)> Samples(BorderSegment segment)
    {
        Coordinate from = segment.From, to = segment.To;
        var count = (int)(GreatCircle((from.Y, from.X), (to.Y, to.X)) / 100) + 1;
        return Enumerable.Range(0, count + 1).Select(i => (double)i / count).Select(share => (from.Y + share * (to.Y - from.Y), from.X + share * (to.X - from.X)));
    }

    /// <summary>Haversine, on the sphere: within 0.4 % of the ellipsoid here.</summary>
    private static double GreatCircle((double Latitude, double Longitude) a, (double Latitude, double Longitude) b)
    {
        double Half(double degrees) => Math.Pow(Math.Sin(double.DegreesToRadians(degrees) / 2), 2);
        var h = Half(a.Latitude - b.Latitude) + Math.Cos(double.DegreesToRadians(a.Latitude)) * Math.Cos(double.DegreesToRadians(b.Latitude)) * Half(a.Longitude - b.Longitude);
        return 2 * 6_371_008.8 * Math.Asin(Math.Sqrt(h));
    }
}
