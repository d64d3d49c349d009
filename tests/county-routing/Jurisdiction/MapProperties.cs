using FsCheck;
using FsCheck.Fluent;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Operation.Union;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>The map against another implementation of the same geometry, at places nobody chose.</summary>
public class MapProperties
{
    private static readonly CountyMap Map = CountyMap.California;

    /// <summary>Anywhere in the rectangle around California, a good part of it outside.</summary>
    private static Gen<(double Latitude, double Longitude)> Anywhere() =>
        from latitude in Gen.Choose(32_400_000, 42_100_000)
        from longitude in Gen.Choose(-124_600_000, -114_000_000)
        select (latitude / 1e6, longitude / 1e6);

    private static Gen<(double Latitude, double Longitude)> OnLand() =>
        Anywhere().Where(point => Map.Locate(point.Latitude, point.Longitude) is { County: not null, OnWater: false });

    [Fact]
    public void A_point_is_in_the_county_whose_polygon_holds_it()
    {
        var polygons = Polygons();
        polygons.Where(polygon => polygon.Value.IsEmpty).ShouldBeEmpty();
        Prop.ForAll(Anywhere().ToArbitrary(), point =>
        {
            var found = Map.Locate(point.Latitude, point.Longitude);
            var holding = polygons.Where(polygon => polygon.Value.Contains(new NetTopologySuite.Geometries.Point(point.Longitude, point.Latitude))).Select(polygon => polygon.Key);
            holding.ShouldBe(found is { County: { } county, OnWater: false } ? [county.Name] : []);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(2_000));
    }

    [Fact]
    public void The_distance_is_the_shortest_great_circle_to_any_point_of_any_county_line()
    {
        var samples = Map.Stretches.ToArray().Where(stretch => stretch.Kind is BorderKind.CountyLine).SelectMany(Samples).ToArray();
        Prop.ForAll(OnLand().ToArbitrary(), point =>
            Map.Locate(point.Latitude, point.Longitude).Neighbors.Min(neighbor => neighbor.LineMeters)
                .ShouldBe(samples.Min(sample => GreatCircle(point, sample)), tolerance: 60 + Map.Locate(point.Latitude, point.Longitude).LineMeters * 0.01))
            .Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(40));
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

    private static Place Moved((double Latitude, double Longitude) point, int bearing, double meters) => Map.Locate(
        point.Latitude + meters * Math.Cos(double.DegreesToRadians(bearing)) / 111_400,
        point.Longitude + meters * Math.Sin(double.DegreesToRadians(bearing)) / (111_400 * Math.Cos(double.DegreesToRadians(point.Latitude))));

    private static Dictionary<string, Geometry> Polygons() => Map.Counties.Select((county, i) =>
    {
        var lines = Map.Stretches.ToArray().Where(stretch => (stretch.Counties >> i & 1) == 1).Select(Geometry (stretch) => new LineString(
            [new(stretch.From.Longitude, stretch.From.Latitude), new(stretch.To.Longitude, stretch.To.Latitude)]));
        var polygonizer = new Polygonizer();
        // United, because two quantised lines cross by a meter where Alameda, Stanislaus and San Joaquin meet.
        polygonizer.Add(UnaryUnionOp.Union(lines.ToArray()));
        return (county.Name, Ground: GeometryFactory.Default.BuildGeometry(polygonizer.GetPolygons()));
    }).ToDictionary(county => county.Name, county => county.Ground);

    private static bool HasShore(County county) =>
        Map.Stretches.ToArray().Any(stretch => stretch.Kind is BorderKind.Shore && (stretch.Counties >> Map.Counties.ToList().IndexOf(county) & 1) == 1);

    private static IEnumerable<(double Latitude, double Longitude)> Samples(Stretch stretch)
    {
        var count = (int)(GreatCircle((stretch.From.Latitude, stretch.From.Longitude), (stretch.To.Latitude, stretch.To.Longitude)) / 100) + 1;
        return Enumerable.Range(0, count + 1).Select(i => (double)i / count).Select(share => (
            stretch.From.Latitude + share * (stretch.To.Latitude - stretch.From.Latitude), stretch.From.Longitude + share * (stretch.To.Longitude - stretch.From.Longitude)));
    }

    /// <summary>Haversine, on the sphere: within 0.4 % of the ellipsoid here.</summary>
    private static double GreatCircle((double Latitude, double Longitude) a, (double Latitude, double Longitude) b)
    {
        double Half(double degrees) => Math.Pow(Math.Sin(double.DegreesToRadians(degrees) / 2), 2);
        var h = Half(a.Latitude - b.Latitude) + Math.Cos(double.DegreesToRadians(a.Latitude)) * Math.Cos(double.DegreesToRadians(b.Latitude)) * Half(a.Longitude - b.Longitude);
        return 2 * 6_371_008.8 * Math.Asin(Math.Sqrt(h));
    }
}
