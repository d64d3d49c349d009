using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>The embedded <c>california.geojson</c>; SOURCE.md beside it says where it comes from.</summary>
internal sealed record MapFile(SortedDictionary<string, string> Names, MapFile.Border[] Features)
{
    private static readonly JsonSerializerOptions GeoJson = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) } };

    public static CountyMap Read()
    {
        using var file = typeof(MapFile).Assembly.GetManifestResourceStream("california.geojson")!;
        var map = JsonSerializer.Deserialize<MapFile>(file, GeoJson)!;
        var counties = map.Names.ToDictionary(name => name.Key, name => new County(name.Key, name.Value));
        return new CountyMap([.. counties.Values], [.. map.Features.SelectMany(border => border.Segments(counties))]);
    }

    internal sealed record Border(About Properties, Line Geometry)
    {
        public IEnumerable<BorderSegment> Segments(Dictionary<string, County> byFips)
        {
            County[] counties = [.. Properties.Counties.Select(fips => byFips[fips])];
            Coordinate[] corners = [.. Geometry.Coordinates.Select(pair => new Coordinate(pair[0], pair[1]))];
            return corners.Zip(corners.Skip(1), (from, to) => new BorderSegment(from, to, Properties.Kind, counties));
        }
    }

    internal sealed record About(string[] Counties, BorderKind Kind);

    internal sealed record Line(double[][] Coordinates);
}
