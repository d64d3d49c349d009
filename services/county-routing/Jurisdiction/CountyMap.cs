using System.Numerics;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// The map of the 58 counties: in which county a point lies and how far the next one is. Immutable; about 1400 straight
/// stretches of border, of which each point looks at all (some 50 microseconds).
/// </summary>
public sealed class CountyMap
{
    private static readonly Lazy<CountyMap> Loaded = new(MapFile.Read);
    private readonly County[] counties;
    private readonly Dictionary<string, County> byFips;
    private readonly Stretch[] stretches;

    internal CountyMap(County[] counties, Stretch[] stretches)
    {
        this.counties = counties;
        this.stretches = stretches;
        byFips = counties.ToDictionary(county => county.Fips);
    }

    /// <summary>The map that the service brings along; read at first use.</summary>
    public static CountyMap California => Loaded.Value;

    /// <summary>All 58, by FIPS.</summary>
    public IReadOnlyList<County> Counties => counties;

    internal ReadOnlySpan<Stretch> Stretches => stretches;

    /// <summary>The county with this five-digit FIPS; null when California has none, whatever the text is.</summary>
    public County? Find(string? fips) => fips is null ? null : byFips.GetValueOrDefault(fips);

    /// <summary>What the map knows of a point anywhere on Earth.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The coordinates are not on Earth.</exception>
    public Place Locate(double latitude, double longitude)
    {
        var point = new Point(latitude, longitude);
        if (!point.IsOnEarth) throw new ArgumentOutOfRangeException(nameof(latitude), "Latitude is -90 to 90, longitude -180 to 180 degrees.");

        var surroundings = new Surroundings(point);
        // One bit per county. A ray to the east crosses the border of the county that the point is in an odd number of times.
        ulong inside = 0;
        double[] line = Far(), shore = Far(), border = Far();
        var abroad = double.PositiveInfinity;
        foreach (ref readonly var stretch in stretches.AsSpan())
        {
            if (stretch.IsCrossedByRayEastOf(point)) inside ^= stretch.Counties;
            var meters = surroundings.MetersTo(stretch.From, stretch.To);
            if (stretch.Kind is BorderKind.StateLine or BorderKind.NationalBorder) abroad = Math.Min(abroad, meters);
            for (var left = stretch.Counties; left != 0; left &= left - 1)
            {
                var county = BitOperations.TrailingZeroCount(left);
                border[county] = Math.Min(border[county], meters);
                if (stretch.Kind is BorderKind.CountyLine) line[county] = Math.Min(line[county], meters);
                if (stretch.Kind is BorderKind.Shore) shore[county] = Math.Min(shore[county], meters);
            }
        }

        if (inside != 0)
        {
            var home = BitOperations.TrailingZeroCount(inside);
            return new Place(counties[home], OnWater: false, Others(home, line), abroad);
        }

        var nearest = Array.IndexOf(shore, shore.Min());
        // Where the coast meets the border both are equally far; then the point is abroad.
        if (shore[nearest] > Bands.ShoreMeters || abroad <= shore[nearest]) return new Place(null, OnWater: false, Others(-1, border), abroad);
        return new Place(counties[nearest], OnWater: true, Others(nearest, [.. shore.Select(meters => (meters - shore[nearest]) / 2)]), abroad);
    }

    private Neighbor[] Others(int home, double[] meters) =>
        [.. counties.Select((county, i) => new Neighbor(county, meters[i])).Where((neighbor, i) => i != home && double.IsFinite(neighbor.LineMeters))
            .OrderBy(neighbor => neighbor.LineMeters)];

    private double[] Far()
    {
        var meters = new double[counties.Length];
        Array.Fill(meters, double.PositiveInfinity);
        return meters;
    }
}
