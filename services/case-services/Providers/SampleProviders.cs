using System.Text.Json;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>The state's <c>sample-providers.json</c>: fictional providers for development, demonstration and tests; their telephone numbers reach nobody.</summary>
internal static class SampleProviders
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Provider> Of(State state)
    {
        using var file = File.OpenRead(state.PathOf("sample-providers.json"));
        return JsonSerializer.Deserialize<List<Provider>>(file, JsonSerializerOptions.Web)!;
    }
}
