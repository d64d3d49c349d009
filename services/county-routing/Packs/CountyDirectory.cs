using System.Collections.Immutable;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Every county's pack, in memory, as it was at the last reload: handlers read it without I/O.</summary>
public sealed class CountyDirectory
{
    private volatile ImmutableDictionary<string, ProtocolPack>? _packs;

    /// <summary>Whether it has been loaded once.</summary>
    public bool IsLoaded => _packs is not null;

    /// <summary>
    /// The county's own pack, or the state's default. Throws <see cref="TimeoutException"/>, which is tried again, until the directory has been
    /// loaded: a default in place of the county's own pack would wake the wrong people.
    /// </summary>
    public ProtocolPack PackOf(County county) => (_packs ?? throw new TimeoutException("The county directory has not been loaded yet."))
        .TryGetValue(county.Fips, out var pack) ? pack : ProtocolPack.DefaultFor(county);

    /// <summary>
    /// Puts packs in force, each for the county it is kept for; a county that is not among them has none any more. A pack that cannot be used
    /// (null when it could not be read) is refused, and what its county had before stays in force.
    /// </summary>
    /// <returns>The FIPS of the counties whose pack was refused.</returns>
    public IReadOnlyList<string> Load(IReadOnlyCollection<(string CountyFips, ProtocolPack? Pack)> kept)
    {
        var before = _packs ?? ImmutableDictionary<string, ProtocolPack>.Empty;
        var packs = ImmutableDictionary.CreateBuilder<string, ProtocolPack>();
        List<string> refused = [];
        foreach (var (fips, pack) in kept)
        {
            if (pack is not null && pack.CountyFips == fips && pack.Problems(CountyMap.California).Count == 0)
            {
                packs[fips] = pack;
                continue;
            }
            refused.Add(fips);
            if (before.TryGetValue(fips, out var last))
                packs[fips] = last;
        }
        _packs = packs.ToImmutable();
        return refused;
    }
}
