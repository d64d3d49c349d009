using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses.Outside;

/// <summary>Keeps checkpoints where nobody who has the installation can take them back.</summary>
internal interface IOutsideWitness
{
    /// <summary>What it is called in health, logs and metrics.</summary>
    string Name { get; }

    /// <summary>It is given the newest checkpoint, and no more often than this: a newer one says all that an older one does.</summary>
    TimeSpan Every { get; }

    /// <summary>Keeps it; throws when it cannot, and is asked again.</summary>
    Task KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellation);
}
