namespace SafeHarbor.Chaos;

/// <summary>A fault to come.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Target">Which of the things that this kind can hit.</param>
internal sealed record PlannedFault(string Kind, int Target);

/// <summary>Which faults come, in which order, against what: the same for the same seed.</summary>
internal static class Schedule
{
    /// <summary>
    /// Draws faults. Every kind comes once before any comes twice, and a kind hits each of its targets once before any of them twice;
    /// the order is then shuffled as a whole, so that nothing can be foretold from what has been.
    /// </summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="count">How many.</param>
    /// <param name="kinds">What there is to draw from, each with the number of its targets.</param>
    public static IReadOnlyList<PlannedFault> Draw(int seed, int count, IReadOnlyList<(string Name, int Targets)> kinds)
    {
        var random = new Random(seed);
        var drawn = Rounds(random, [.. kinds.Select(kind => kind.Name)], count);
        random.Shuffle(drawn);
        var targets = kinds.ToDictionary(
            kind => kind.Name,
            kind => new Queue<int>(Rounds(random, [.. Enumerable.Range(0, kind.Targets)], count)));
        return [.. drawn.Select(kind => new PlannedFault(kind, targets[kind].Dequeue()))];
    }

    private static T[] Rounds<T>(Random random, T[] items, int count)
    {
        var drawn = new List<T>();
        while (drawn.Count < count)
        {
            var round = items.ToArray();
            random.Shuffle(round);
            drawn.AddRange(round.Take(count - drawn.Count));
        }
        return [.. drawn];
    }
}
