using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Verification;

/// <summary>Takes what witnesses have of one ledger: says what in it is false, and what the ledger lacks of it.</summary>
internal sealed class Hearing(string ledger, KnownKeys keys, Findings findings)
{
    // Several witnesses have the same: its signature is checked once.
    private readonly HashSet<SignedCheckpoint> _signed = [];
    private readonly List<Statement> _true = [];

    /// <summary>What holds of it: signed by the ledger and, where the witness signs, by the witness.</summary>
    public IReadOnlyList<Statement> True => _true;

    public void Take(Testimony testimony)
    {
        foreach (var statement in testimony.Statements.Where(s => s.Checkpoint.Ledger == ledger))
            if (WhatIsWrong(statement) is { } wrong)
                findings.Add(FindingKind.FalseWitness, null, statement.Checkpoint.Position, $"What {statement.Witness} has of the checkpoint at position {statement.Checkpoint.Position} is false: {wrong}.");
            else
                _true.Add(statement);
        foreach (var said in testimony.Contradictions.Where(c => c.Ledger == ledger))
            findings.Add(FindingKind.WentBack, null, said.Position, $"{said.Witness} heard this ledger say at {said.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z that it ends at position {said.Position}, "
                + $"after it had said at {said.BeforeAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z that it ended {(said.Position == said.BeforePosition ? "there with another hash" : $"at {said.BeforePosition}")}.");
    }

    /// <summary>Every checkpoint that a witness has, and the ledger has no more.</summary>
    public void Miss(IEnumerable<SignedCheckpoint> own)
    {
        var there = own.Select(c => c.Position).ToHashSet();
        foreach (var missing in _true.Where(s => s.Checkpoint.Position > 0 && !there.Contains(s.Checkpoint.Position)).GroupBy(s => s.Checkpoint.Position).OrderBy(g => g.Key))
            findings.Add(FindingKind.MissingCheckpoint, null, missing.Key, $"The checkpoint at position {missing.Key} was removed: {string.Join(", ", missing.Select(s => s.Witness).Distinct().Order(StringComparer.Ordinal))} kept it.");
    }

    public IReadOnlyList<HeardWitness> Witnesses =>
    [
        .. _true.GroupBy(s => s.Witness).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, Newest: g.MaxBy(s => s.Checkpoint.At)!, Count: g.Select(s => s.Checkpoint.Position).Distinct().Count()))
            .Select(w => new HeardWitness(w.Key, w.Count, w.Newest.Checkpoint.Position, w.Newest.Checkpoint.At, w.Newest.StampedBy)),
    ];

    private string? WhatIsWrong(Statement statement)
    {
        var said = statement.Checkpoint;
        if (statement.Wrong is { } wrong)
            return wrong;
        if (keys.Find(ledger, said.KeyId) is not { } key)
            return $"its key {said.KeyId} is none of this ledger's that were given";
        if (!_signed.Contains(said) && !key.HasSigned(said))
            return "the ledger has not signed it";
        _signed.Add(said);
        return statement.Countersigned is { } signed && keys.Find(statement.Witness, signed.KeyId)?.HasSigned(said.WitnessedText(statement.Witness, signed.At), signed.Signature) is not true
            ? "the witness has not signed it" : null;
    }
}
