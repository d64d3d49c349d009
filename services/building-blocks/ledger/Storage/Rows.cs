namespace SafeHarbor.Ledger.Storage;

/// <summary>An entry that is not in the chain yet.</summary>
internal sealed class UnlinkedEntry
{
    public long EntryId { get; set; }
}

/// <summary>An entry's place in the chain.</summary>
internal sealed class Link
{
    /// <summary>From 1, without a gap.</summary>
    public long Position { get; set; }
    public long EntryId { get; set; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>A signed statement of what the chain was up to a position.</summary>
internal sealed class Checkpoint
{
    public long Position { get; set; }
    public byte[] Hash { get; set; } = [];
    public DateTimeOffset At { get; set; }
    public string KeyId { get; set; } = "";
    public byte[] Signature { get; set; } = [];
}
