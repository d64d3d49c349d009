using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.HPRtree;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Borders by where they are, so that a point looks at those around it only. Immutable.</summary>
internal sealed class BorderIndex
{
    private const double FirstReach = 6_000, Farthest = 50_000_000;
    private readonly HPRtree<BorderSegment> tree = new();

    public BorderIndex(IEnumerable<BorderSegment> segments)
    {
        foreach (var segment in segments) tree.Insert(new Envelope(segment.From, segment.To), segment);
        tree.Build();
    }

    /// <summary>
    /// The county whose ground the point is on. A ray to the east crosses that county's border an odd number of times. A
    /// point on a line is on the ground of both sides, and the first by FIPS has it: exactly one.
    /// </summary>
    public County? CountyAround(Coordinate point) => tree.Query(new Envelope(point.X, 180, point.Y, point.Y))
        .SelectMany(segment => segment.Counties, (segment, county) => (segment, county))
        .GroupBy(crossed => crossed.county, crossed => crossed.segment)
        .Where(border => IsInside(point, border)).Select(border => border.Key).MinBy(county => county.Fips.Text, StringComparer.Ordinal);

    /// <summary>The counties by the distance to the nearest of these borders, nearest first; looked for in squares that grow as more are asked for.</summary>
    public IEnumerable<Neighbor> CountiesByDistance(GroundPlane ground) =>
        SegmentsByDistance(ground).SelectMany(near => near.Segment.Counties, (near, county) => new Neighbor(county, near.Meters)).DistinctBy(near => near.County);

    /// <summary>The borders themselves by their distance, in the same way.</summary>
    public IEnumerable<(BorderSegment Segment, double Meters)> SegmentsByDistance(GroundPlane ground)
    {
        for (double done = -1, reach = FirstReach; done < Farthest; done = reach, reach *= 3)
            foreach (var near in tree.Query(ground.Square(reach)).Select(segment => (Segment: segment, Meters: ground.MetersTo(segment)))
                .Where(near => near.Meters > done && near.Meters <= reach).OrderBy(near => near.Meters))
                yield return near;
    }

    private static bool IsInside(Coordinate point, IEnumerable<BorderSegment> border)
    {
        var ray = new RayCrossingCounter(point);
        foreach (var segment in border)
        {
            // The counter sees a point on a segment's end only: it expects rings, in which each start is the end before.
            if (segment.From.Equals2D(point)) return true;
            ray.CountSegment(segment.From, segment.To);
        }
        return ray.IsPointInPolygon;
    }
}
