using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>A provider over HTTP: its document and what it last said about its free places.</summary>
public sealed record ProviderView(string Slug, string Name, string? Phone, IReadOnlyList<string> Languages, bool Interpreter,
    IReadOnlyList<ProviderService> Services, IReadOnlyList<Contract> Contracts, ProviderView.Places Capacity, int Version)
{
    /// <summary>Free places by service type; a type that is missing is not limited.</summary>
    public sealed record Places(IReadOnlyDictionary<string, int> Available, DateTimeOffset? AsOf);

    internal static ProviderView Of(ProviderRow row) => new(row.Slug, row.Document.Name, row.Document.Phone, row.Document.Languages,
        row.Document.Interpreter, row.Document.Services, row.Document.Contracts, new(row.Available, row.AvailableAt), row.Version);

    internal static string ETag(int version) => $"\"{version}\"";
}
