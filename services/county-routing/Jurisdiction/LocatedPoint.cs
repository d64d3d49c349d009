using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What the map knows of a point.</summary>
/// <param name="County">The county whose ground the point is on or, on water, whose shore is the nearest; null outside the map.</param>
/// <param name="OnWater">The point is on no county's ground: <paramref name="County"/> is that of the nearest shore.</param>
/// <param name="Neighbors">
/// The other counties by the distance to the line beyond which they begin, nearest first: a line on land or, for a point on
/// water, the middle between its shore and theirs. For a point outside the map, all counties by the distance to their border.
/// Looked for as they are asked for.
/// </param>
/// <param name="StateLineMeters">Distance to the states and countries beside the map; from there, to the map.</param>
/// <param name="Beyond">The lines with them by distance, nearest first, a neighbor as often as its line has pieces; looked for as they are asked for.</param>
public sealed record LocatedPoint(County? County, bool OnWater, IEnumerable<Neighbor> Neighbors, double StateLineMeters, IEnumerable<Beyond> Beyond)
{
    /// <summary>The first of <see cref="Neighbors"/>.</summary>
    public Neighbor Nearest { get; } = Neighbors.First();

    /// <summary>How far the point may move before it is in another county of the map.</summary>
    public double LineMeters => Nearest.LineMeters;

    /// <summary>The states and countries that begin nearer than this, each once, the nearest first.</summary>
    public IReadOnlyList<OuterLine> OuterLinesWithin(double meters) => StateLineMeters > meters ? [] :
    [
        .. Beyond.TakeWhile(line => line.LineMeters <= meters).Where(line => line.Neighbor is not null).DistinctBy(line => line.Neighbor)
            .Select(line => new OuterLine(line.Kind == BorderKind.StateLine ? OuterLineKinds.State : OuterLineKinds.Nation, line.Neighbor!, (int)Math.Round(line.LineMeters))),
    ];
}

/// <summary>A county and the distance to the line beyond which it begins.</summary>
/// <param name="County">The county on the other side.</param>
/// <param name="LineMeters">Meters, to better than 1 %.</param>
public sealed record Neighbor(County County, double LineMeters);

/// <summary>A piece of the line beyond which another state or a country begins.</summary>
/// <param name="Kind">Of which of the two.</param>
/// <param name="Neighbor">Which: <c>NV</c>, <c>MX</c>; null where the map does not say.</param>
/// <param name="LineMeters">Meters, to better than 1 %.</param>
public readonly record struct Beyond(BorderKind Kind, string? Neighbor, double LineMeters);
