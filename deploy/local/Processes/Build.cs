using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>Builds a project of the checkout, and says on standard error how far it is: standard output is the verb's own.</summary>
internal static class Build
{
    public static async Task<bool> RunAsync(Checkout checkout, string project, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"Building {project} ...");
        string[] arguments = ["build", project, "-c", "Release", "-v", "minimal", "-nologo", "-clp:NoSummary"];
        using var build = Process.Start(new ProcessStartInfo(DotnetHost.Path, arguments) { WorkingDirectory = checkout.Root, RedirectStandardOutput = true })!;
        await using var ending = cancellationToken.Register(() => build.Kill(entireProcessTree: true));
        while (await build.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            await Console.Error.WriteLineAsync(line);
        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0;
    }
}
