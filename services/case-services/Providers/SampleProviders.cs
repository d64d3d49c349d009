using System.Text.Json;
using Npgsql;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>Fictional providers for development, demonstration and tests; their telephone numbers reach nobody.</summary>
internal sealed class SampleProviders(IConfiguration configuration, NpgsqlDataSource database)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Provider> All { get; } = Read();

    /// <summary>Adds those that are missing, when <c>SafeHarbor:SampleData</c> asks for it.</summary>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        if (!configuration.GetValue<bool>("SafeHarbor:SampleData"))
            return;
        await using var insert = database.CreateCommand("""
            insert into providers (slug, document, version, available, changed_at)
            select slug, document, 1, '{}', now() from unnest($1::text[], $2::jsonb[]) t(slug, document)
            on conflict (slug) do nothing
            """);
        insert.Parameters.Add(new() { Value = All.Select(p => p.Slug).ToArray() });
        insert.Parameters.Add(new() { Value = All.Select(p => JsonSerializer.Serialize(p, WireFormat.Json)).ToArray(), DataTypeName = "jsonb[]" });
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    private static List<Provider> Read()
    {
        using var file = typeof(SampleProviders).Assembly.GetManifestResourceStream("sample-providers.json")!;
        return JsonSerializer.Deserialize<List<Provider>>(file, JsonSerializerOptions.Web)!;
    }
}
