namespace SafeHarbor.Ledger.Verification;

/// <summary>Collects what is wrong: counts everything and keeps the first.</summary>
internal sealed class Findings
{
    private const int Kept = 1000;
    private readonly List<Finding> _first = [];

    public long Count { get; private set; }

    /// <summary>In the order of the chain; what has no place in it comes last.</summary>
    public IReadOnlyList<Finding> First => [.. _first.OrderBy(f => f.Position ?? long.MaxValue).ThenBy(f => f.EntryId)];

    public void Add(FindingKind kind, long? entryId, long? position, string text)
    {
        Count++;
        if (_first.Count < Kept)
            _first.Add(new(kind, entryId, position, text));
    }
}
