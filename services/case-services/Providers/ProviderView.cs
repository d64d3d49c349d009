using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>
/// A provider over HTTP: its document and what it last said about its free places. Of the contracts everybody sees their own only: a county
/// its county's, a provider those of itself, the state all.
/// </summary>
public sealed record ProviderView(string Slug, string Name, string? Phone, IReadOnlyList<string> Languages, bool Interpreter,
    IReadOnlyList<ProviderService> Services, IReadOnlyList<Contract> Contracts, ProviderView.Places Capacity, int Version) : IVersioned
{
    /// <summary>Free places by service type; a type that is missing is not limited.</summary>
    public sealed record Places(IReadOnlyDictionary<string, int> Available, DateTimeOffset? AsOf);

    internal static ProviderView Of(ProviderRow row, Organization reader) => new(row.Slug, row.Document.Name, row.Document.Phone, row.Document.Languages,
        row.Document.Interpreter, row.Document.Services, [.. row.Document.Contracts.Where(c => MaySee(reader, row.Slug, c))], new(row.Available, row.AvailableAt), row.Version);

    private static bool MaySee(Organization reader, string provider, Contract contract) =>
        reader.Is(Organization.County, contract.CountyFips) || reader.Is(Organization.Provider, provider) || ProviderRules.IsState(reader);
}
