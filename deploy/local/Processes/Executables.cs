using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>Programs of the machine: where they are, and what they answer.</summary>
internal static class Executables
{
    /// <summary>Every place on the PATH, and in the directories that are often missing from it, that holds the program.</summary>
    public static IEnumerable<string> FindAll(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Concat(["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/opt/homebrew/bin", "/opt/homebrew/sbin"])
        .Distinct()
        .Select(directory => Path.Combine(directory, name))
        .Where(File.Exists);

    public static string? Find(string name) => FindAll(name).FirstOrDefault();

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its exit code, standard output, and both outputs together; exit code -1 when it took too long.</returns>
    public static async Task<Outcome> RunAsync(
        IReadOnlyList<string> command,
        CancellationToken cancellationToken,
        TimeSpan? timeout = null,
        string? workingDirectory = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } within)
            limit.CancelAfter(within);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new Outcome(process.ExitCode, (await output).Trim(), (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return new Outcome(-1, "", $"{command[0]} took longer than {timeout}.");
        }
    }

    internal sealed record Outcome(int ExitCode, string Output, string Everything)
    {
        public bool Succeeded => ExitCode == 0;
    }
}
