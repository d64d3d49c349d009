using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses;

/// <summary>What this service keeps as the witness of other ledgers, under its own key.</summary>
public sealed class Witness
{
    private readonly LedgerSettings _settings;
    private readonly TimeProvider _time;

    internal Witness(LedgerSettings settings, TimeProvider time) => (_settings, _time) = (settings, time);

    /// <summary>Its own ledger's name.</summary>
    public string Ledger => _settings.Ledger;

    /// <summary>The row that keeps what a ledger has said for ever.</summary>
    public WitnessedCheckpoint Keep(SignedCheckpoint said)
    {
        var now = _time.GetUtcNow();
        return new()
        {
            Checkpoint = said,
            WitnessedAt = now,
            WitnessKeyId = _settings.Key?.Id,
            WitnessSignature = _settings.Key?.Sign(said.WitnessedText(Ledger, now)),
        };
    }

    /// <summary>What it said last.</summary>
    /// <param name="said">That.</param>
    /// <param name="confirmed">The whole minute until which it has heard of this ledger; null when it never has.</param>
    public HeardLedger Hear(SignedCheckpoint said, DateTimeOffset? confirmed) => new() { Checkpoint = said, HeardAt = _time.GetUtcNow(), ConfirmedAt = confirmed };

    /// <summary>A chain only grows: whoever says later that it ends earlier, or otherwise at the same place, has lost or changed something.</summary>
    /// <returns>Null when both can be true.</returns>
    public Contradiction? Compare(HeardLedger before, SignedCheckpoint said) =>
        said.Position > before.Position || said.Position == before.Position && said.Hash == Convert.ToHexStringLower(before.Hash) ? null : new()
        {
            Ledger = said.Ledger,
            Position = said.Position,
            At = said.At,
            BeforePosition = before.Position,
            BeforeAt = before.At,
            FoundAt = _time.GetUtcNow(),
        };
}
