using System.Collections.Frozen;
using System.Data.Common;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>
/// Every county's packs, in memory. In force is the version that was published last of those whose day has come, so that nothing that was planned earlier comes back
/// over it. In a sandbox no number in it reaches anybody.
/// </summary>
public sealed class CountyDirectory(CountyMap map, Sandbox sandbox, TimeProvider? time = null)
    : Replica<ProtocolPack>("protocol_packs", "concat_ws(' ', county_fips, version), version, effective_from, pack")
{
    // Ours: it need not act on the child, so nobody is woken every quarter of an hour.
    private const int AgencySilentMinutes = 60;

    private readonly IReadOnlyDictionary<CountyFips, ProtocolPack> _defaults = PackFiles.DefaultsOf(map);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private volatile FrozenDictionary<CountyFips, ProtocolPack[]>? _versions;

    /// <summary>The state's day.</summary>
    public DateOnly Today => map.State.DayOf(_time.GetUtcNow());

    /// <summary>The county's own pack, or the state's default; none until packs have been read: a default in place of the county's own would wake the wrong people.</summary>
    public ProtocolPack PackOf(County county) => Shown(InForce(Versions.GetValueOrDefault(county.Fips) ?? []) ?? DefaultOf(county));

    /// <summary>What holds when the county has published none.</summary>
    public ProtocolPack DefaultOf(County county) => _defaults[county.Fips];

    /// <summary>The state, in whose zone days are counted.</summary>
    public State State => map.State;

    /// <summary>The county of the map that the organization is; null when it is none.</summary>
    public County? CountyOf(Organization organization) => map.OfOrganization(organization);

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

    /// <summary>Who is to be called when a rung of a ladder is told now.</summary>
    public (string? Name, string? Phone) OnDuty(Rung rung)
    {
        if (map.OfOrganization(rung.Organization) is not { } county)
            return (null, null);
        var pack = PackOf(county);
        if (rung.Duty is null)
            return (null, pack.Hotline?.Phone);
        var businessHours = (pack.BusinessHours ?? BusinessHours.Default).Hold(_time.GetUtcNow(), map.State);
        return pack.Roster.FirstOrDefault(entry => entry.Duty == rung.Duty && entry.IsFor(businessHours)) is { } entry ? (entry.Name, entry.Telephone?.Phone) : (null, pack.Hotline?.Phone);
    }

    /// <summary>Whether a call to this organization can start a county's clock; null is a call of which it was not said to whom it was.</summary>
    public bool CountsCalls(Organization? called) => called is null ? map.Counties.Any(CountsCalls) : map.OfOrganization(called) is { } county && CountsCalls(county);

    private bool CountsCalls(County county) => PackOf(county).AfterCall is not null;

    /// <summary>What a handoff to this organization keeps of it.</summary>
    public PackSnapshot SnapshotFor(Organization organization, Organization? listedBy) => PackSnapshot.Of(PackFor(organization, listedBy));

    /// <summary>A county's pack as it is shown to somebody: whom a county wakes at night is its own affair and the state's; an officer is told of a number when it is called.</summary>
    public ProtocolPack ShownTo(Organization reader, County county, ProtocolPack pack) =>
        Shown(reader == county.Organization || reader == map.State.Organization ? pack : pack with { Roster = [] });

    /// <summary>A pack as it is shown here.</summary>
    public ProtocolPack Shown(ProtocolPack pack) => !sandbox.IsOn ? pack : pack.WithNumbers(number => number with { Phone = sandbox.Phone(number.Phone) });

    public override IEnumerable<object> Samples => PackFiles.SamplesOf(map).Select(pack =>
        new { county_fips = pack.CountyFips, version = pack.Version, effective_from = pack.EffectiveFrom ?? Today, published_at = _time.GetUtcNow(), pack });

    protected override ProtocolPack? Read(DbDataReader row) => Json<ProtocolPack>(row, 3) is { } pack
        ? pack with { Version = row.GetInt32(1), EffectiveFrom = row.GetFieldValue<DateOnly>(2) }
        : null;

    protected override bool CanBeUsed(string key, ProtocolPack row) => row.CountyFips?.Text == key.Split(' ')[0] && row.Problems(map).Count == 0;

    protected override void InForce() => _versions = Rows.Values.GroupBy(pack => pack.CountyFips)
        .ToFrozenDictionary(of => of.Key, of => of.OrderByDescending(pack => pack.Version).ToArray());

    private FrozenDictionary<CountyFips, ProtocolPack[]> Versions => _versions ?? throw new TimeoutException("The counties' packs have not been read yet.");

    private ProtocolPack? InForce(ProtocolPack[] newestFirst)
    {
        var today = Today;
        return Array.Find(newestFirst, pack => pack.EffectiveFrom is not { } day || day <= today);
    }
}
