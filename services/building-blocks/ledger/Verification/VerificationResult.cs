namespace SafeHarbor.Ledger.Verification;

/// <summary>What a verification looked at and found.</summary>
/// <param name="Ledger">Whose ledger.</param>
/// <param name="Linked">Entries in the chain.</param>
/// <param name="NotYetLinked">Entries that wait to be linked: written in the last moments, or nobody links.</param>
/// <param name="Checkpoints">Signed checkpoints.</param>
/// <param name="Position">Where the chain ends.</param>
/// <param name="Hash">Its last hash, hexadecimal.</param>
/// <param name="Witnesses">Whose word it was held against; none when nobody's.</param>
/// <param name="VerifiedAt">When the ledger was read.</param>
/// <param name="Findings">The first of them, in the order of the chain.</param>
/// <param name="FindingCount">How many there are.</param>
public sealed record VerificationResult(string Ledger, long Linked, long NotYetLinked, int Checkpoints, long Position, string Hash,
    IReadOnlyList<HeardWitness> Witnesses, DateTimeOffset VerifiedAt, IReadOnlyList<Finding> Findings, long FindingCount)
{
    /// <summary>Nothing is wrong.</summary>
    public bool IsSound => FindingCount == 0;

    /// <summary>Until when a witness knows where the chain ended: what was written later could have been cut off unseen. Null without a witness: then anything could.</summary>
    public DateTimeOffset? WitnessedUntil => Witnesses.Count == 0 ? null : Witnesses.Max(w => w.Until);
}

/// <summary>A witness whose word a ledger was held against.</summary>
/// <param name="Witness">A ledger's name, or what it was read from.</param>
/// <param name="Checkpoints">How many different ends of the chain it has.</param>
/// <param name="Position">The newest.</param>
/// <param name="Until">When the ledger last said so to it.</param>
/// <param name="StampedBy">The time-stamp authority that signed for the newest; null when none did.</param>
public sealed record HeardWitness(string Witness, int Checkpoints, long Position, DateTimeOffset Until, string? StampedBy);
