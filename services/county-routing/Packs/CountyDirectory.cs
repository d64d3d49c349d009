using System.Data.Common;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Every county's pack, in memory. In a sandbox no number in it reaches anybody.</summary>
public sealed class CountyDirectory(CountyMap map, Sandbox sandbox) : Replica<ProtocolPack>("protocol_packs", "county_fips, pack")
{
    // Ours: it need not act on the child, so nobody is woken every quarter of an hour.
    private const int AgencySilentMinutes = 60;

    private readonly IReadOnlyDictionary<CountyFips, ProtocolPack> _defaults = PackFiles.DefaultsOf(map);

    /// <summary>The county's own pack, or the state's default; none until packs have been read: a default in place of the county's own would wake the wrong people.</summary>
    public ProtocolPack PackOf(County county) => Shown(Rows.GetValueOrDefault(county.Fips.Text) ?? _defaults[county.Fips]);

    /// <summary>How an organization is reached: a county's pack, or what one lists of an organization that is no county; of one that is not there, silence climbs to the state at once.</summary>
    /// <param name="organization">Whom a report goes to.</param>
    /// <param name="listedBy">The county whose pack lists it; null for a county.</param>
    public ProtocolPack PackFor(Organization organization, Organization? listedBy)
    {
        if (map.OfOrganization(organization) is { } county)
            return PackOf(county);
        if (listedBy is null || map.OfOrganization(listedBy) is not { } lister || PackOf(lister) is not { } pack || pack.Agencies.FirstOrDefault(a => a.Organization == organization) is not { } agency)
            return new() { Escalation = new() { Rungs = [new(0, map.State.Organization)] } };
        return new()
        {
            Version = pack.Version,
            Hotline = agency.Hotline,
            AcknowledgeWithinMinutes = agency.AcknowledgeWithinMinutes ?? (int)map.State.Law.Limit(RuleUses.OfLimit(agency.Role)).Within!.Value.TotalMinutes,
            Escalation = agency.Escalation ?? new() { Rungs = [new(0, organization), new(AgencySilentMinutes, map.State.Organization)], RepeatLastEveryMinutes = AgencySilentMinutes },
        };
    }

    /// <summary>What a handoff to this organization keeps of it.</summary>
    public PackSnapshot SnapshotFor(Organization organization, Organization? listedBy) => PackSnapshot.Of(PackFor(organization, listedBy));

    public override IEnumerable<object> Samples => PackFiles.SamplesOf(map).Select(pack => new { county_fips = pack.CountyFips, version = pack.Version, pack });

    private ProtocolPack Shown(ProtocolPack pack) => !sandbox.IsOn ? pack
        : pack with { Hotline = Shown(pack.Hotline), Agencies = [.. pack.Agencies.Select(agency => agency with { Hotline = Shown(agency.Hotline) })] };

    private Hotline? Shown(Hotline? hotline) => hotline is null ? null : hotline with { Phone = sandbox.Phone(hotline.Phone) };

    protected override ProtocolPack? Read(DbDataReader row) => Json<ProtocolPack>(row, 1);

    protected override bool CanBeUsed(string key, ProtocolPack row) => row.CountyFips?.Text == key && row.Problems(map).Count == 0;
}
