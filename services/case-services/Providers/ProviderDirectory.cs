using System.Data.Common;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>All providers, in memory: state machines rank them without I/O.</summary>
public sealed class ProviderDirectory(State state) : Replica<ListedProvider>("providers", "slug, document, available, greatest(changed_at, available_at)")
{
    /// <summary>Everybody.</summary>
    public IEnumerable<ListedProvider> Listed => Rows.Values;

    /// <summary>Rings when what is listed may have changed.</summary>
    public Wakeup Changed { get; } = new();

    /// <summary>The provider with this slug; null when there is none.</summary>
    public ListedProvider? Find(string slug) => Rows.GetValueOrDefault(slug);

    public override IEnumerable<object> Samples =>
        SampleProviders.Of(state).Select(provider => new { slug = provider.Slug, document = provider, version = 1, revision = 1, available = new { }, words = Array.Empty<CapacityWord>(), changed_at = DateTimeOffset.UtcNow });

    protected override ListedProvider? Read(DbDataReader row) =>
        Json<Provider>(row, 1) is { } provider && Json<Dictionary<string, int>>(row, 2) is { } available ? new(provider, available, row.GetFieldValue<DateTimeOffset>(3)) : null;

    protected override void InForce() => Changed.Ring();

    protected override bool CanBeUsed(string key, ListedProvider row) => row.Provider.Slug == key && !ProviderRules.Check(row.Provider, state).Any;
}
