using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Verification;

/// <summary>The public keys that ledgers sign with.</summary>
public sealed class KnownKeys
{
    private readonly List<(string? Ledger, CheckpointKey Key)> _keys = [];

    /// <summary>Adds a key; null when it may be any ledger's.</summary>
    public KnownKeys Add(string? ledger, CheckpointKey key)
    {
        _keys.Add((ledger, key));
        return this;
    }

    /// <summary>The ledger's key of that id; null when it is not known, or another's.</summary>
    internal CheckpointKey? Find(string ledger, string keyId) => _keys.FirstOrDefault(k => (k.Ledger is null || k.Ledger == ledger) && k.Key.Id == keyId).Key;
}
