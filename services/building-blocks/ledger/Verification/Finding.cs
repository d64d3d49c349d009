namespace SafeHarbor.Ledger.Verification;

/// <summary>What is wrong with a row of the ledger.</summary>
public enum FindingKind
{
    /// <summary>The entry is not what was linked, or what stood before it is gone.</summary>
    ChangedEntry,
    /// <summary>The link is there, its entry is not.</summary>
    RemovedEntry,
    /// <summary>The entry is there and neither linked nor waiting to be: it did not come the ledger's way, or its link is gone.</summary>
    InsertedEntry,
    /// <summary>The entry stands where another one stood.</summary>
    ReorderedEntry,
    /// <summary>The link's own hash was changed.</summary>
    ChangedLink,
    /// <summary>A place in the chain is empty.</summary>
    RemovedLink,
    /// <summary>The checkpoint was not signed by the key, or says what the key did not sign.</summary>
    FalseSignature,
    /// <summary>The checkpoint's key is none of those given.</summary>
    UnknownKey,
    /// <summary>The chain is another one than the checkpoint says: written anew before its position.</summary>
    RewrittenChain,
    /// <summary>The chain ends before the checkpoint: its newest entries are gone.</summary>
    CutOffChain,
    /// <summary>A witness has a checkpoint that the ledger has no more.</summary>
    MissingCheckpoint,
    /// <summary>The ledger said that its chain ends earlier, or otherwise, than it had said before, and a witness heard both.</summary>
    WentBack,
    /// <summary>What a witness has is not signed by the ledger, or not by the witness: it was put there, and is held against nothing.</summary>
    FalseWitness,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="EntryId">The entry, when one can be named.</param>
/// <param name="Position">The place in the chain.</param>
/// <param name="Text">The same in words.</param>
public sealed record Finding(FindingKind Kind, long? EntryId, long? Position, string Text);

/// <summary>A checkpoint that was kept outside of the database by hand: as the log, or the API, told it.</summary>
/// <param name="Position">How many entries the chain had.</param>
/// <param name="Hash">Its last hash then.</param>
public sealed record KeptCheckpoint(long Position, byte[] Hash);
