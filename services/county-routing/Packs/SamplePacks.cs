using System.Text.Json;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Fictional packs for development, demonstration and tests; their telephone numbers reach nobody.</summary>
public static class SamplePacks
{
    private const string Folder = "sample-packs/";

    /// <summary>The three packs, by FIPS.</summary>
    public static IReadOnlyList<ProtocolPack> All { get; } =
        [.. typeof(SamplePacks).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    private static ProtocolPack Read(string name)
    {
        using var file = typeof(SamplePacks).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<ProtocolPack>(file, JsonSerializerOptions.Web)!;
    }
}
