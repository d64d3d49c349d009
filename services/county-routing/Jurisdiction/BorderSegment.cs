using NetTopologySuite.Geometries;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What a border of the map is.</summary>
public enum BorderKind
{
    /// <summary>Between two counties of the map.</summary>
    CountyLine,
    /// <summary>To another state.</summary>
    StateLine,
    /// <summary>To another country.</summary>
    NationalBorder,
    /// <summary>To the sea, or another water.</summary>
    Shore,
}

/// <summary>A straight piece of border and the counties of the map that it bounds: two on a county line, otherwise one.</summary>
/// <param name="From">One end, in degrees.</param>
/// <param name="To">The other.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Counties">Whose border it is.</param>
/// <param name="Neighbor">The state or country beyond an outer line; null of any other.</param>
internal sealed record BorderSegment(Coordinate From, Coordinate To, BorderKind Kind, IReadOnlyList<County> Counties, string? Neighbor = null)
{
    /// <summary>Another state or a country begins there.</summary>
    public bool IsOuter => Kind is BorderKind.StateLine or BorderKind.NationalBorder;
}
