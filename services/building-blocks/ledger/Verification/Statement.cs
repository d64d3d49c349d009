using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Verification;

/// <summary>What a witness has of a ledger.</summary>
/// <param name="Witness">A ledger's name, or what it was read from.</param>
/// <param name="Checkpoint">What the ledger said to it.</param>
public sealed record Statement(string Witness, SignedCheckpoint Checkpoint)
{
    /// <summary>The witness's own signature, where it keeps one for each.</summary>
    public WitnessSignature? Countersigned { get; init; }

    /// <summary>The subject of the time-stamp authority's certificate; null when the statement is not stamped.</summary>
    public string? StampedBy { get; init; }

    /// <summary>What is wrong with it whatever the ledger holds: a stamp that is another's, a file that was damaged.</summary>
    public string? Wrong { get; init; }
}

/// <summary>A witness's signature.</summary>
/// <param name="At">When it had the checkpoint.</param>
/// <param name="KeyId">Which key.</param>
/// <param name="Signature">Base64.</param>
public sealed record WitnessSignature(DateTimeOffset At, string KeyId, string Signature);

/// <summary>A ledger that contradicted itself, as a witness heard it.</summary>
/// <param name="Witness">Who.</param>
/// <param name="Ledger">Whose ledger.</param>
/// <param name="Position">Where its chain ended, as it said later.</param>
/// <param name="At">When it said so.</param>
/// <param name="BeforePosition">Where it had ended.</param>
/// <param name="BeforeAt">When it had said that.</param>
public sealed record HeardContradiction(string Witness, string Ledger, long Position, DateTimeOffset At, long BeforePosition, DateTimeOffset BeforeAt);

/// <summary>All that witnesses have.</summary>
/// <param name="Statements">What was said to them.</param>
/// <param name="Contradictions">What they found by themselves.</param>
public sealed record Testimony(IReadOnlyList<Statement> Statements, IReadOnlyList<HeardContradiction> Contradictions)
{
    /// <summary>Nobody's.</summary>
    public static readonly Testimony None = new([], []);

    /// <summary>All together.</summary>
    public static Testimony Of(IReadOnlyCollection<Testimony> several) => new([.. several.SelectMany(t => t.Statements)], [.. several.SelectMany(t => t.Contradictions)]);
}
