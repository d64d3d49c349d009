using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts.CaseServices;

namespace SafeHarbor.CaseServices.Storage;

/// <summary>A provider's row: the document, which counties keep, and the free places, which the provider reports, change independently.</summary>
public sealed class ProviderRow
{
    public string Slug { get; set; } = "";
    public Provider Document { get; set; } = new();
    /// <summary>The organization that made it, and may always change it; null for sample data.</summary>
    public Organization? MadeBy { get; set; }
    /// <summary>Counts the document's changes from 1; its ETag.</summary>
    public int Version { get; set; }
    /// <summary>What each organization has said last of the free places.</summary>
    public IReadOnlyList<CapacityWord> Words { get; set; } = [];
    /// <summary>Free places by service type, as the word says that counts.</summary>
    public IReadOnlyDictionary<string, int> Available { get; set; } = new Dictionary<string, int>();
    /// <summary>When those were counted.</summary>
    public DateTimeOffset? AvailableAt { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
    /// <summary>Counts every change from 1, of the document and of the free places.</summary>
    public int Revision { get; set; }

    public static ProviderRow New(Provider provider, Organization? by, DateTimeOffset now) =>
        new() { Slug = provider.Slug, Document = provider, MadeBy = by, Version = 1, Revision = 1, ChangedAt = now };

    /// <summary>What others are told of it.</summary>
    public ProviderListed Listed() => new()
    {
        Provider = Slug,
        Revision = Revision,
        At = AvailableAt > ChangedAt ? AvailableAt.Value : ChangedAt,
        Services = [.. Document.Services.Select(s => new ListedService(s.Type, s.AroundTheClock, Available.TryGetValue(s.Type, out var free) && free <= 0))],
        Contracts = [.. Document.Contracts.Select(c => new ListedContract(CountyFips.Parse(c.CountyFips), c.From, c.Until))],
    };
}
