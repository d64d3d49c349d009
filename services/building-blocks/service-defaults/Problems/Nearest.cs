namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>What somebody has probably meant by a word that is not known.</summary>
internal static class Nearest
{
    private const int Few = 15;
    private const int Longest = 40;

    /// <summary>A sentence that leads on: the known word that was probably meant, else all of them when they are few, else where they are documented.</summary>
    /// <param name="given">What the sender wrote; it is not repeated. Null when it is nothing to guess from.</param>
    /// <param name="known">The known words.</param>
    public static string Hint(string? given, IReadOnlyCollection<string> known) => (To(given, known), known.Count) switch
    {
        ({ } nearest, _) => $"Did you mean `{nearest}`?",
        (null, 0) => "Nothing is taken here.",
        (null, <= Few) => $"Known are {string.Join(", ", known)}.",
        _ => $"Compare it with {Json.Expected.Document}.",
    };

    /// <summary>The known word that is written most like this one, whatever the case and the hyphens; null when none is.</summary>
    public static string? To(string? given, IEnumerable<string> known)
    {
        if (given is not { Length: > 0 and <= Longest })
            return null;
        var letters = Letters(given);
        var (nearest, distance) = known.Select(word => (word, distance: Distance(letters, Letters(word)))).DefaultIfEmpty((word: "", distance: int.MaxValue)).MinBy(pair => pair.distance);
        return distance <= (letters.Length + 1) / 3 ? nearest : null;
    }

    private static string Letters(string word) => new([.. word.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // Insertions, deletions, substitutions and neighbors that changed places (optimal string alignment).
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[a.Length, b.Length];
    }
}
