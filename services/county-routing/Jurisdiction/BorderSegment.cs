using NetTopologySuite.Geometries;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

internal enum BorderKind { CountyLine, StateLine, NationalBorder, Shore }

/// <summary>A straight piece of border and the counties of the map that it bounds: two on a county line, otherwise one.</summary>
internal sealed record BorderSegment(Coordinate From, Coordinate To, BorderKind Kind, IReadOnlyList<County> Counties);
