using System.Text.Json.Serialization;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>
/// A provider as the directory has it, with the contracts that the caller may see: a county its own, a provider those of itself, the state all. It may be sent
/// back as it was given.
/// </summary>
public sealed record ProviderView : Provider, IVersioned
{
    private ProviderView(Provider provider) : base(provider)
    {
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public int Version { get; private init; }

    internal static ProviderView Of(ProviderRow row, Organization reader) =>
        new(row.Document with { Contracts = [.. row.Document.Contracts.Where(c => MaySee(reader, row.Slug, c))] }) { Version = row.Version };

    private static bool MaySee(Organization reader, string provider, Contract contract) =>
        reader.Is(Organization.County, contract.CountyFips) || reader.Is(Organization.Provider, provider) || ProviderRules.IsState(reader);
}
