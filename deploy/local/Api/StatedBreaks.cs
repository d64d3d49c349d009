namespace SafeHarbor.Local.Api;

/// <summary><c>docs/schemas/breaks.md</c>: breaks that were made knowingly since the last release, one a line. A release empties it.</summary>
internal static class StatedBreaks
{
    private const string Line = "- ";

    private const string Head =
        """
        # Breaks since the last release

        Made knowingly, by `./safeharbor api --breaking`. What stands here is no longer a finding; the changelog says why, and a release empties the list.


        """;

    /// <summary>Those that nobody has stated.</summary>
    public static IReadOnlyList<string> Unstated(string root, IEnumerable<string> breaks) => [.. breaks.Except(Read(root))];

    /// <summary>States these too.</summary>
    public static void State(string root, IEnumerable<string> breaks)
    {
        if (Unstated(root, breaks) is { Count: > 0 } unstated)
            File.WriteAllText(FileOf(root), Head.ReplaceLineEndings("\n") + string.Concat(Read(root).Concat(unstated).Select(one => $"{Line}{one}\n")));
    }

    private static List<string> Read(string root) =>
        File.Exists(FileOf(root)) ? [.. File.ReadLines(FileOf(root)).Where(line => line.StartsWith(Line, StringComparison.Ordinal)).Select(line => line[Line.Length..])] : [];

    private static string FileOf(string root) => Path.Combine(root, SchemaFile.Folder, "breaks.md");
}
