using System.Diagnostics;

namespace SafeHarbor.Local.Processes;

/// <summary>Builds a project or all of the checkout, and says how far it is.</summary>
internal static class Build
{
    /// <param name="checkout">Where.</param>
    /// <param name="project">Its path in there.</param>
    /// <param name="say">Told how far it is, line by line.</param>
    /// <param name="cancellationToken">Ends the build with all that it has started.</param>
    /// <param name="patience">After what time in which the build says nothing it is said that it goes on; usually a quarter of a minute.</param>
    /// <returns>Whether it succeeded.</returns>
    public static async Task<bool> RunAsync(Checkout checkout, string project, Action<string> say, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        say($"Building {project}: seconds when little has changed, 1 to 4 minutes when nothing is built yet ...");
        string[] arguments = ["build", project, "-c", "Release", "-v", "minimal", "-nologo", "-clp:NoSummary"];
        var clock = Stopwatch.StartNew();
        var build = Process.Start(new ProcessStartInfo(DotnetHost.Path, arguments) { WorkingDirectory = checkout.Root, RedirectStandardOutput = true })!;
        using var ending = new KilledWhenLeft(build);
        Task<string?> Read() => build.StandardOutput.ReadLineAsync(cancellationToken).AsTask();
        for (var reading = Read(); ;)
            try
            {
                if (await reading.WaitAsync(patience ?? TimeSpan.FromSeconds(15), cancellationToken) is not { } line)
                    break;
                say(line);
                reading = Read();
            }
            catch (TimeoutException)
            {
                say($"Still building after {clock.Elapsed.TotalSeconds:0} s ...");
            }

        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0;
    }
}
