namespace SafeHarbor.Local.Tokens;

/// <summary>What somebody may have meant who wrote a word that is not known.</summary>
internal static class Nearest
{
    /// <returns>" Did you mean 'word'?" with the known word that has the fewest letters changed; nothing when that would be more than half of them.</returns>
    public static string Hint(string word, IEnumerable<string> known)
    {
        var nearest = known.MinBy(one => Distance(word, one));
        return nearest is not null && Distance(word, nearest) <= Math.Max(word.Length, nearest.Length) / 2 ? $" Did you mean '{nearest}'?" : "";
    }

    // Levenshtein's, row by row.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i + 1);
            for (var j = 0; j < to.Length; j++)
            {
                left = Math.Min(diagonal + (from[i] == to[j] ? 0 : 1), 1 + Math.Min(left, row[j + 1]));
                (diagonal, row[j + 1]) = (row[j + 1], left);
            }
        }

        return row[^1];
    }
}
