using System.Text.Json.Nodes;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Api;

/// <summary>docs/schemas as a commit has it: what others rely on.</summary>
/// <param name="root">The working copy.</param>
/// <param name="commit">A commit, a tag or a branch.</param>
internal sealed class CommittedSchemas(string root, string commit)
{
    private const string Schemas = "docs/schemas/";
    private const string Frozen = Schemas + "samples/";

    /// <summary>What schemas break since the commit, and which of its samples are no longer what they were; each as a line that says of what.</summary>
    /// <param name="now">Every schema as it is now, by its name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FormatException">git does not know the commit; the message says what to do.</exception>
    public async Task<IReadOnlyList<string>> BreaksAsync(IReadOnlyDictionary<string, JsonNode> now, CancellationToken cancellationToken)
    {
        List<string> breaks = [];
        foreach (var file in await LinesAsync(cancellationToken, "ls-tree", "--name-only", commit, Schemas))
        {
            if (!file.EndsWith(".json", StringComparison.Ordinal))
                continue;
            var name = Path.GetFileNameWithoutExtension(file);
            var before = JsonNode.Parse(string.Join('\n', await LinesAsync(cancellationToken, "show", $"{commit}:{file}")))!;
            breaks.AddRange(now.GetValueOrDefault(name) is { } schema
                ? Compatibility.Broken(before, schema, SchemaFile.ReadersOf(name)).Select(finding => $"{name}: {finding}")
                : [$"{name}: the schema is gone"]);
        }
        // Modified, deleted: whatever is not an addition.
        foreach (var sample in await LinesAsync(cancellationToken, "diff", "--name-only", "--no-renames", "--diff-filter=a", commit, "--", Frozen))
            breaks.Add($"{sample[Frozen.Length..]}: the sample has changed");
        return breaks;
    }

    private async Task<string[]> LinesAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await Executables.RunAsync(["git", .. arguments], cancellationToken, workingDirectory: root) is { Succeeded: true } answer
            ? answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            : throw new FormatException($"What {commit} promises is asked of git, which does not know it: git {string.Join(' ', arguments)} failed. Fetch its history, or name another commit.");
}
