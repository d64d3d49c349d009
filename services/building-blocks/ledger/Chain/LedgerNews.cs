using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Ledger.Chain;

/// <summary>What the ledger's chainer and the rest of its process tell each other.</summary>
public sealed class LedgerNews
{
    private volatile SignedCheckpoint? _newest;

    /// <summary>Rings when something was committed, which may be on the ledger. What other processes commit is found by the chainer's net.</summary>
    public Wakeup Committed { get; } = new();

    /// <summary>Rings when this process has linked entries, for the one who follows the chain.</summary>
    public Wakeup Linked { get; } = new();

    /// <summary>The newest checkpoint that this process has signed; null before the first.</summary>
    internal SignedCheckpoint? Newest => _newest;

    internal void Announced(SignedCheckpoint checkpoint) => _newest = checkpoint;
}
