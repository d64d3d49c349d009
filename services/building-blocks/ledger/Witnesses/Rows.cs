using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses;

/// <summary>What another ledger has said of itself, as this service's database keeps it.</summary>
public abstract class SaidCheckpoint
{
    /// <summary>Whose ledger: a service's name, or <c>node-NAME</c>.</summary>
    public string Ledger { get; set; } = "";
    /// <summary>How many entries its chain had.</summary>
    public long Position { get; set; }
    /// <summary>The last hash.</summary>
    public byte[] Hash { get; set; } = [];
    /// <summary>When it signed that.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>Which key signed it.</summary>
    public string KeyId { get; set; } = "";
    /// <summary>The signature, r and s.</summary>
    public byte[] Signature { get; set; } = [];

    internal SignedCheckpoint Checkpoint
    {
        get => new(Ledger, Position, Convert.ToHexStringLower(Hash), At, KeyId, Convert.ToBase64String(Signature));
        init => (Ledger, Position, Hash, At, KeyId, Signature) =
            (value.Ledger, value.Position, Convert.FromHexString(value.Hash), value.At, value.KeyId, Convert.FromBase64String(value.Signature));
    }
}

/// <summary>An end of another ledger's chain, kept for ever.</summary>
public sealed class WitnessedCheckpoint : SaidCheckpoint
{
    /// <summary>When this service kept it.</summary>
    public DateTimeOffset WitnessedAt { get; set; }
    /// <summary>The witness's own key; null when it has none (in development).</summary>
    public string? WitnessKeyId { get; set; }
    /// <summary>Its signature; null when it has no key.</summary>
    public byte[]? WitnessSignature { get; set; }
}

/// <summary>A ledger that said what cannot be true beside what it had said before.</summary>
public sealed class Contradiction
{
    /// <summary>Whose ledger: a service's name, or <c>node-NAME</c>.</summary>
    public string Ledger { get; set; } = "";
    /// <summary>Where its chain ends, as it says now.</summary>
    public long Position { get; set; }
    /// <summary>When it signed that.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>Where it ended, as it had said.</summary>
    public long BeforePosition { get; set; }
    /// <summary>When it had said that.</summary>
    public DateTimeOffset BeforeAt { get; set; }
    /// <summary>When that was found.</summary>
    public DateTimeOffset FoundAt { get; set; }
}
