using System.Text.Json;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>The packs in the state's folder.</summary>
public static class PackFiles
{
    private const string Default = "default-pack.json";
    private const string Samples = "sample-packs";
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>What holds for a county that has no pack of its own, by FIPS: <c>default-pack.json</c>, where {fips} and {county} stand for the county's.</summary>
    /// <exception cref="StartRefusedException">The file is missing or wrong.</exception>
    public static IReadOnlyDictionary<CountyFips, ProtocolPack> DefaultsOf(CountyMap map) => map.Counties.ToDictionary(county => county.Fips, county => Checked(map, map.State.PathOf(Default),
        text => text.Replace("{fips}", county.Fips.Text, StringComparison.Ordinal).Replace("{county}", county.Name, StringComparison.Ordinal)));

    /// <summary>Fictional packs for development, demonstration and tests, by FIPS; their telephone numbers reach nobody.</summary>
    /// <exception cref="StartRefusedException">A file is wrong.</exception>
    public static IReadOnlyList<ProtocolPack> SamplesOf(CountyMap map) =>
        [.. Directory.GetFiles(map.State.PathOf(Samples), "*.json").Order(StringComparer.Ordinal).Select(path => Checked(map, path, text => text))];

    private static ProtocolPack Checked(CountyMap map, string path, Func<string, string> fill)
    {
        try
        {
            var pack = JsonSerializer.Deserialize<ProtocolPack>(fill(File.ReadAllText(path)), Strict) ?? throw new JsonException("It is null.");
            return pack.Problems(map) is [var problem, ..] ? throw new JsonException($"{problem.JsonPointer}: {problem.Detail}") : pack;
        }
        catch (Exception wrong) when (wrong is IOException or JsonException)
        {
            throw new StartRefusedException($"{path} is no pack that can be used. {wrong.Message}");
        }
    }
}
