using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>A provider as the directory has it, with what was last said about its free places.</summary>
/// <param name="Slug">Its name in addresses and tokens: <c>provider:SLUG</c>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Phone">Where people reach it; null when it wants no calls.</param>
/// <param name="Languages">BCP 47 tags of the languages that its staff speak.</param>
/// <param name="Interpreter">It brings an interpreter for any other language.</param>
/// <param name="Services">What it does, and for whom.</param>
/// <param name="Contracts">Those that the caller may see: a county its own, a provider those of itself, the state all.</param>
/// <param name="Capacity">Its free places.</param>
/// <param name="Version">Counts its changes, from 1; its ETag.</param>
public sealed record ProviderView(string Slug, string Name, string? Phone, IReadOnlyList<string> Languages, bool Interpreter,
    IReadOnlyList<ProviderService> Services, IReadOnlyList<Contract> Contracts, ProviderView.Places Capacity, int Version) : IVersioned
{
    /// <summary>Free places by service type; a type that is missing is not limited.</summary>
    /// <param name="Available">How many, by service type.</param>
    /// <param name="AsOf">When that was said; null when it never was.</param>
    public sealed record Places([CodeOf(typeof(NeedTypes))] IReadOnlyDictionary<string, int> Available, DateTimeOffset? AsOf);

    internal static ProviderView Of(ProviderRow row, Organization reader) => new(row.Slug, row.Document.Name, row.Document.Phone, row.Document.Languages,
        row.Document.Interpreter, row.Document.Services, [.. row.Document.Contracts.Where(c => MaySee(reader, row.Slug, c))], new(row.Available, row.AvailableAt), row.Version);

    private static bool MaySee(Organization reader, string provider, Contract contract) =>
        reader.Is(Organization.County, contract.CountyFips) || reader.Is(Organization.Provider, provider) || ProviderRules.IsState(reader);
}
