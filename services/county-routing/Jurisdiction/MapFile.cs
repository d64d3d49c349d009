using System.Text.Json;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Reads the embedded <c>california.geojson</c>; SOURCE.md beside it says where it comes from.</summary>
internal static class MapFile
{
    public static CountyMap Read()
    {
        using var file = typeof(MapFile).Assembly.GetManifestResourceStream("california.geojson")!;
        using var json = JsonDocument.Parse(file);
        County[] counties = [.. json.RootElement.GetProperty("names").EnumerateObject().Select(name => new County(name.Name, name.Value.GetString()!))];
        var bits = counties.Select((county, i) => (county.Fips, Bit: 1UL << i)).ToDictionary(county => county.Fips, county => county.Bit);
        return new CountyMap(counties, [.. json.RootElement.GetProperty("features").EnumerateArray().SelectMany(feature => Stretches(feature, bits))]);
    }

    private static IEnumerable<Stretch> Stretches(JsonElement feature, Dictionary<string, ulong> bits)
    {
        var properties = feature.GetProperty("properties");
        var counties = properties.GetProperty("counties").EnumerateArray().Aggregate(0UL, (all, fips) => all | bits[fips.GetString()!]);
        var kind = Enum.Parse<BorderKind>(properties.GetProperty("kind").GetString()!.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        Point[] points = [.. feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
            .Select(pair => new Point(Latitude: pair[1].GetDouble(), Longitude: pair[0].GetDouble()))];
        return points.Zip(points.Skip(1), (from, to) => new Stretch(from, to, counties, kind));
    }
}
