using System.Text.Json;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>Fictional providers for development, demonstration and tests; their telephone numbers reach nobody.</summary>
internal sealed class SampleProviders(IConfiguration configuration, Store store, TimeProvider time)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Provider> All { get; } = Read();

    /// <summary>Adds those that are missing, when <c>SafeHarbor:SampleData</c> asks for it.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        if (!configuration.GetValue<bool>("SafeHarbor:SampleData"))
            return;
        var unit = new UnitOfWork();
        foreach (var provider in All)
            unit.AddOnce(ProviderRow.New(provider, time.GetUtcNow()));
        await store.CommitAsync(unit, cancellation);
    }

    private static List<Provider> Read()
    {
        using var file = typeof(SampleProviders).Assembly.GetManifestResourceStream("sample-providers.json")!;
        return JsonSerializer.Deserialize<List<Provider>>(file, JsonSerializerOptions.Web)!;
    }
}
