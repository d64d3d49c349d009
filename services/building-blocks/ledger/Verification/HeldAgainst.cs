namespace SafeHarbor.Ledger.Verification;

/// <summary>Holds the chain against checkpoints while it is walked: the ledger's own, and those that others kept.</summary>
internal sealed class HeldAgainst
{
    private readonly Dictionary<long, Dictionary<string, SortedSet<string>>> _held = [];
    private readonly SortedDictionary<long, string> _false = [];
    private long _lastTrue;

    /// <summary>A chain that ended there with that hash, as somebody says; null for the ledger itself.</summary>
    public void Add(long position, string hash, string? witness)
    {
        if (position == 0)
            return;
        if (!_held.TryGetValue(position, out var hashes))
            _held[position] = hashes = [];
        if (!hashes.TryGetValue(hash, out var witnesses))
            hashes[hash] = witnesses = new(StringComparer.Ordinal);
        if (witness is not null)
            witnesses.Add(witness);
    }

    /// <summary>A position and the hash that is stored there.</summary>
    public void Take(long position, byte[] hash)
    {
        if (!_held.TryGetValue(position, out var hashes))
            return;
        var stored = Convert.ToHexStringLower(hash);
        if (hashes.Keys.All(h => h == stored))
            _lastTrue = _false.Count == 0 ? position : _lastTrue;
        else
            _false.Add(position, By(hashes.Where(h => h.Key != stored).SelectMany(h => h.Value)));
    }

    /// <summary>Call after the last link: says which checkpoints do not hold.</summary>
    /// <param name="end">Where the chain ends.</param>
    /// <param name="findings">Gets them.</param>
    public void End(long end, Findings findings)
    {
        foreach (var (position, by) in _false)
            findings.Add(FindingKind.RewrittenChain, null, position, $"The chain is not the one of the checkpoint at position {position}{by}: something between positions {_lastTrue + 1} and {position} was changed and linked anew.");
        foreach (var beyond in _held.Keys.Where(p => p > end).Order())
            findings.Add(FindingKind.CutOffChain, null, beyond, $"The chain ends at position {end}, before the checkpoint at position {beyond}{By(_held[beyond].SelectMany(h => h.Value))}: its last {beyond - end} entries were removed.");
    }

    private static string By(IEnumerable<string> witnesses) => string.Join(", ", witnesses.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } names ? $" that {names} kept" : "";
}
