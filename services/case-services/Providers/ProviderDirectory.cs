using System.Data.Common;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>All providers, in memory: state machines rank them without I/O.</summary>
public sealed class ProviderDirectory(State state) : Replica<ListedProvider>("providers", "slug, document, available")
{
    /// <summary>Everybody.</summary>
    public IEnumerable<ListedProvider> Listed => Rows.Values;

    public override IEnumerable<object> Samples =>
        SampleProviders.Of(state).Select(provider => new { slug = provider.Slug, document = provider, version = 1, available = new { }, changed_at = DateTimeOffset.UtcNow });

    protected override ListedProvider? Read(DbDataReader row) =>
        Json<Provider>(row, 1) is { } provider && Json<Dictionary<string, int>>(row, 2) is { } available ? new(provider, available) : null;

    protected override bool CanBeUsed(string key, ListedProvider row) => row.Provider.Slug == key && !ProviderRules.Check(row.Provider, state).Any;
}
