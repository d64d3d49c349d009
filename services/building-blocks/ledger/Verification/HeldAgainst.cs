namespace SafeHarbor.Ledger.Verification;

/// <summary>Holds the chain against checkpoints while it is walked.</summary>
internal sealed class HeldAgainst(IEnumerable<(long Position, byte[] Hash)> checkpoints)
{
    private readonly ILookup<long, string> _hashes = checkpoints.ToLookup(c => c.Position, c => Convert.ToHexStringLower(c.Hash));
    private readonly SortedSet<long> _false = [];
    private long _lastTrue;

    /// <summary>A position and the hash that is stored there.</summary>
    public void Take(long position, byte[] hash)
    {
        if (!_hashes.Contains(position))
            return;
        var stored = Convert.ToHexStringLower(hash);
        if (_hashes[position].All(h => h == stored))
            _lastTrue = _false.Count == 0 ? position : _lastTrue;
        else
            _false.Add(position);
    }

    /// <summary>Call after the last link: says which checkpoints do not hold.</summary>
    /// <param name="end">Where the chain ends.</param>
    /// <param name="findings">Gets them.</param>
    public void End(long end, Findings findings)
    {
        foreach (var position in _false)
            findings.Add(FindingKind.RewrittenChain, null, position, $"The chain is not the one of the checkpoint at position {position}: something between positions {_lastTrue + 1} and {position} was changed and linked anew.");
        foreach (var beyond in _hashes.Select(c => c.Key).Where(p => p > end).Order())
            findings.Add(FindingKind.CutOffChain, null, beyond, $"The chain ends at position {end}, before the checkpoint at position {beyond}: its last {beyond - end} entries were removed.");
    }
}
