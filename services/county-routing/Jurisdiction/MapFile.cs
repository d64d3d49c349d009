using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>The state's <c>counties.geojson</c>; SOURCE.md beside it says where it comes from.</summary>
internal sealed record MapFile(MapFile.Border[] Features)
{
    private static readonly JsonSerializerOptions GeoJson = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) } };

    /// <exception cref="StartRefusedException">The file is missing or wrong.</exception>
    public static CountyMap Read(State state)
    {
        var path = state.PathOf("counties.geojson");
        try
        {
            using var file = File.OpenRead(path);
            var map = JsonSerializer.Deserialize<MapFile>(file, GeoJson)!;
            var counties = state.Counties.ToDictionary(county => county.Fips);
            BorderSegment[] segments = [.. map.Features.SelectMany(border => border.Segments(counties))];
            if (segments.Any(segment => segment.IsOuter && !(segment.Neighbor is { } neighbor && state.OuterLines.Neighbors.ContainsKey(neighbor))))
                throw new JsonException("It has an outer line whose neighbor outerLines.neighbors of state.yaml does not name.");
            return new CountyMap(state, segments) { Version = VersionOf(state) };
        }
        catch (Exception wrong) when (wrong is IOException or JsonException or KeyNotFoundException)
        {
            throw new StartRefusedException($"{path} is no map of the counties of {state.Name}: {wrong.Message} Prepare it with deploy/tools/county-map.");
        }
    }

    /// <summary>Lines, names of counties, and what agencies' identifiers say: all of the state that decides.</summary>
    private static string VersionOf(State state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in (string[])["counties.geojson", "counties.yaml", "state.yaml"])
            hash.AppendData(File.ReadAllBytes(state.PathOf(file)));
        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    internal sealed record Border(About Properties, Line Geometry)
    {
        public IEnumerable<BorderSegment> Segments(Dictionary<CountyFips, County> byFips)
        {
            County[] counties = [.. Properties.Counties.Select(fips => byFips[fips])];
            Coordinate[] corners = [.. Geometry.Coordinates.Select(pair => new Coordinate(pair[0], pair[1]))];
            return corners.Zip(corners.Skip(1), (from, to) => new BorderSegment(from, to, Properties.Kind, counties, Properties.Neighbor));
        }
    }

    internal sealed record About(CountyFips[] Counties, BorderKind Kind, string? Neighbor);

    internal sealed record Line(double[][] Coordinates);
}
