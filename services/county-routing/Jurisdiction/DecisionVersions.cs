using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>By what a decision was made besides its facts: with them it can be made again, and is the same.</summary>
/// <param name="Rules">The program's decision rules, <see cref="Determination.Version"/>.</param>
/// <param name="Map">The files of the state that decide, <see cref="CountyMap.Version"/>.</param>
/// <param name="Packs">The counties' packs that were looked at, and what of them decides.</param>
public sealed record DecisionVersions(int Rules, string Map, IReadOnlyList<PackUsed> Packs);

/// <summary>A county's pack that a decision looked at.</summary>
/// <param name="CountyFips">The county.</param>
/// <param name="Version">The pack's; 0 is the state's default.</param>
/// <param name="Bands">How near its lines are near.</param>
public sealed record PackUsed(CountyFips CountyFips, int Version, Bands Bands);

/// <summary>The counties' packs for one decision, which remembers those that it asked for.</summary>
internal sealed class PacksUsed(CountyDirectory directory)
{
    private readonly List<PackUsed> _used = [];

    public IReadOnlyList<PackUsed> All => _used;

    public Bands BandsOf(County county) => BandsOf(PackOf(county));

    public ProtocolPack PackOf(County county)
    {
        var pack = directory.PackOf(county);
        if (!_used.Exists(used => used.CountyFips == county.Fips))
            _used.Add(new(county.Fips, pack.Version, BandsOf(pack)));
        return pack;
    }

    private static Bands BandsOf(ProtocolPack pack) => pack.Bands ?? Bands.Default;
}
