namespace SafeHarbor.CountyRouting.Jurisdiction;

internal enum BorderKind { CountyLine, StateLine, NationalBorder, Shore }

/// <summary>A straight stretch of border. The counties that it bounds are one bit each: bit 0 is the first of <see cref="CountyMap.Counties"/>.</summary>
internal readonly record struct Stretch(Point From, Point To, ulong Counties, BorderKind Kind)
{
    /// <summary>The same answer for both counties of a line, so that a point on it is in exactly one of them.</summary>
    public bool IsCrossedByRayEastOf(Point p) =>
        From.Latitude > p.Latitude != To.Latitude > p.Latitude
        && p.Longitude < (To.Longitude - From.Longitude) * (p.Latitude - From.Latitude) / (To.Latitude - From.Latitude) + From.Longitude;
}
