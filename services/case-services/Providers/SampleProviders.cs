using System.Text.Json;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>Fictional providers for development, demonstration and tests; their telephone numbers reach nobody.</summary>
internal static class SampleProviders
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Provider> All { get; } = Read();

    private static List<Provider> Read()
    {
        using var file = typeof(SampleProviders).Assembly.GetManifestResourceStream("sample-providers.json")!;
        return JsonSerializer.Deserialize<List<Provider>>(file, JsonSerializerOptions.Web)!;
    }
}
