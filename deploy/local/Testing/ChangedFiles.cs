using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Testing;

/// <summary>What a working copy changes against <c>main</c>.</summary>
internal static class ChangedFiles
{
    private static readonly string[] Mains = ["main", "origin/main"];

    /// <summary>Files that differ from where this branch left <c>main</c>, committed or not, and files that git does not know yet; relative to the root.</summary>
    /// <exception cref="FormatException">git cannot say; the message says why.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(string root, CancellationToken cancellationToken)
    {
        foreach (var main in Mains)
        {
            if (await GitAsync("rev-parse", "--verify", "--quiet", main) is not { Succeeded: true })
                continue;
            var since = (await AskAsync("merge-base", "HEAD", main)).Trim();
            return
            [
                .. Names(await AskAsync("diff", "--name-only", "--no-renames", "-z", since)),
                .. Names(await AskAsync("ls-files", "--others", "--exclude-standard", "-z")),
            ];
        }
        throw new FormatException("What has changed is asked of git against the branch main, and there is none.");

        Task<Executables.Outcome> GitAsync(params string[] arguments) => Executables.RunAsync(["git", .. arguments], cancellationToken, workingDirectory: root);

        async Task<string> AskAsync(params string[] arguments) =>
            await GitAsync(arguments) is { Succeeded: true } answer ? answer.Output : throw new FormatException($"git {string.Join(' ', arguments)} failed.");
    }

    private static string[] Names(string output) => output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
