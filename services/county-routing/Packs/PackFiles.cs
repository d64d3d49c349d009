using System.Text.Json;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Packs as files: YAML, or JSON. Those in the state's folder, and those that somebody wants to publish.</summary>
public static class PackFiles
{
    private const string Default = "default-pack.yaml";
    private const string Samples = "sample-packs";

    private static readonly JsonSerializerOptions Strict = StrictOptions();

    /// <summary>What holds for a county that has no pack of its own, by FIPS: <c>default-pack.yaml</c>, where {fips} and {county} stand for the county's.</summary>
    /// <exception cref="StartRefusedException">The file is missing or wrong.</exception>
    public static IReadOnlyDictionary<CountyFips, ProtocolPack> DefaultsOf(CountyMap map)
    {
        var path = map.State.PathOf(Default);
        var text = Text(path);
        return map.Counties.ToDictionary(county => county.Fips, county => Checked(map, path,
            text.Replace("{fips}", county.Fips.Text, StringComparison.Ordinal).Replace("{county}", county.Name, StringComparison.Ordinal)));
    }

    /// <summary>Fictional packs for development, demonstration and tests, by FIPS; their telephone numbers reach nobody.</summary>
    /// <exception cref="StartRefusedException">A file is wrong.</exception>
    public static IReadOnlyList<ProtocolPack> SamplesOf(CountyMap map) =>
        [.. Directory.GetFiles(map.State.PathOf(Samples), "*.yaml").Order(StringComparer.Ordinal).Select(path => Checked(map, path, Text(path)) with { Version = 1 })];

    /// <summary>Everything that is wrong with a file's text, each with line and column; nothing when it can be published.</summary>
    public static IReadOnlyList<string> Problems(string text, CountyMap map) => Read(text, map).Problems;

    private static (ProtocolPack? Pack, IReadOnlyList<string> Problems) Read(string text, CountyMap map)
    {
        try
        {
            var file = YamlFile.Parse(text);
            var (pack, wrong) = file.Read<ProtocolPack>(Strict, pack => pack.Errors(map));
            return (pack, [.. wrong.All.Select(error => (Place: file.PlaceOf(error.Pointer!), Error: error)).OrderBy(wrong => wrong.Place)
                .Select(wrong => $"line {wrong.Place.Line}, column {wrong.Place.Column}: {wrong.Error.Pointer}: {wrong.Error.Detail}")]);
        }
        catch (FormatException unreadable)
        {
            return (null, [unreadable.Message]);
        }
    }

    private static ProtocolPack Checked(CountyMap map, string path, string text) => Read(text, map) switch
    {
        ({ } pack, []) => pack,
        var (_, problems) => throw new StartRefusedException($"{path} is no pack that can be used. {string.Join(' ', problems)}"),
    };

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException missing)
        {
            throw new StartRefusedException($"{path} is no pack that can be used. {missing.Message}");
        }
    }

    private static JsonSerializerOptions StrictOptions()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        StrictJson.Apply(json);
        json.MakeReadOnly(populateMissingResolver: true);
        return json;
    }
}
