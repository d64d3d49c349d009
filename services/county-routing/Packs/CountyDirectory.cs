using System.Data.Common;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Every county's pack, in memory. In a sandbox no number in it reaches anybody.</summary>
public sealed class CountyDirectory(CountyMap map, Sandbox sandbox) : Replica<ProtocolPack>("protocol_packs", "county_fips, pack")
{
    private readonly IReadOnlyDictionary<CountyFips, ProtocolPack> _defaults = PackFiles.DefaultsOf(map);

    /// <summary>The county's own pack, or the state's default; none until packs have been read: a default in place of the county's own would wake the wrong people.</summary>
    public ProtocolPack PackOf(County county) => Shown(Rows.GetValueOrDefault(county.Fips.Text) ?? _defaults[county.Fips]);

    /// <summary>The county of the map that the organization is; null when it is none.</summary>
    public County? CountyOf(Organization organization) => map.OfOrganization(organization);

    /// <summary>How an organization is reached: a county's pack; for one that has none, silence climbs to the state at once.</summary>
    public ProtocolPack PackFor(Organization organization) => map.OfOrganization(organization) is { } county
        ? PackOf(county)
        : new() { Escalation = new() { Rungs = [new(0, map.State.Organization)] } };

    /// <summary>What a handoff to this organization keeps of it.</summary>
    public PackSnapshot SnapshotFor(Organization organization) => PackSnapshot.Of(PackFor(organization));

    public override IEnumerable<object> Samples => PackFiles.SamplesOf(map).Select(pack => new { county_fips = pack.CountyFips, version = pack.Version, pack });

    private ProtocolPack Shown(ProtocolPack pack) =>
        sandbox.IsOn && pack.Hotline is { } hotline ? pack with { Hotline = hotline with { Phone = sandbox.Phone(hotline.Phone) } } : pack;

    protected override ProtocolPack? Read(DbDataReader row) => Json<ProtocolPack>(row, 1);

    protected override bool CanBeUsed(string key, ProtocolPack row) => row.CountyFips?.Text == key && row.Problems(map).Count == 0;
}
