namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// How near a line is near. The map is exact to about 330 m, and an address or a cell sector is less exact than the map;
/// many city centers lie within 3 km of a line. The meters are ours.
/// </summary>
/// <param name="NearLineMeters">Nearer than this, in meters, the county on the other side is told too.</param>
/// <param name="OnLineMeters">Nearer than this, in meters, a person confirms the county: whoever accepts.</param>
/// <param name="VagueMeters">
/// A location less exact than this, in meters, no longer spreads the report to every county in its circle: it goes to the likeliest, as a guess.
/// </param>
public sealed record Bands(double NearLineMeters = 3_000, double OnLineMeters = 1_500, double VagueMeters = 10_000)
{
    /// <summary>What holds where a county's protocol pack says nothing else.</summary>
    public static Bands Default { get; } = new();

    /// <summary>Nearer than this, in meters, the map cannot tell the sides of a line apart.</summary>
    public const double MapMeters = 400;

    /// <summary>
    /// How far from the shore a point on water still belongs to a county: three nautical miles, as far as the state reaches
    /// (Government Code 170). It holds for piers, bridges, boats and islands that the map leaves out.
    /// </summary>
    public const double ShoreMeters = 5_556;
}
