using System.Data.Common;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging.Replicas;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Every county's pack, in memory.</summary>
public sealed class CountyDirectory() : Replica<ProtocolPack>("protocol_packs", "county_fips, pack")
{
    /// <summary>The county's own pack, or the state's default; none until packs have been read: a default in place of the county's own would wake the wrong people.</summary>
    public ProtocolPack PackOf(County county) => Rows.GetValueOrDefault(county.Fips) ?? ProtocolPack.DefaultFor(county);

    /// <summary>What a handoff to this organization keeps of its pack; without one, silence climbs to the state at once.</summary>
    public PackSnapshot SnapshotFor(string organization) => PackSnapshot.Of(CountyMap.California.OfOrganization(organization) is { } county
        ? PackOf(county)
        : new() { Escalation = new() { Rungs = [new(0, Escalation.State)] } });

    public override IEnumerable<object> Samples => SamplePacks.All.Select(pack => new { county_fips = pack.CountyFips, version = pack.Version, pack });

    protected override ProtocolPack? Read(DbDataReader row) => Json<ProtocolPack>(row, 1);

    protected override bool CanBeUsed(string key, ProtocolPack row) => row.CountyFips == key && row.Problems(CountyMap.California).Count == 0;
}
