using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Sandbox;

/// <summary>The sandbox's host as a process of its own, which goes on when the launcher has ended and is known to 'down'.</summary>
internal static class SandboxProcess
{
    private const string Name = "sandbox";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Starts it and waits until everybody is there.</summary>
    /// <returns>The installation with it.</returns>
    /// <exception cref="ServiceFailedException">It has ended, or takes too long.</exception>
    public static async Task<InstallationRecord> StartAsync(Checkout checkout, InstallationRecord installation, double? acknowledgeAfter, double? acceptAfter, CancellationToken cancellationToken)
    {
        var directory = InstallationPlan.DirectoryOf(checkout);
        var (addressFile, log) = (Path.Combine(directory, Name + ".address"), Path.Combine(directory, Name + ".log"));
        File.Delete(addressFile);
        string[] command = [DotnetHost.Path, checkout.BuiltAssembly("SafeHarbor.Local"), Name, "--address-file", addressFile,
            .. Option("--acknowledge-after", acknowledgeAfter), .. Option("--accept-after", acceptAfter)];
        var process = BackgroundProcess.Start(command, new Dictionary<string, string?>(), checkout.Root, log);
        // Before anything is awaited: what runs must be known to 'down', whatever happens to the launcher.
        installation = installation with { SandboxHost = new(Name, null, process) };
        installation.Write(directory);
        for (var waited = Stopwatch.StartNew(); !File.Exists(addressFile); await Task.Delay(50, cancellationToken))
            if (!process.IsRunning || waited.Elapsed > Patience)
                throw new ServiceFailedException($"The sandbox's counties and providers did not come. The end of {log}:{Environment.NewLine}{LogTail.Of(log)}");
        installation = installation with { SandboxHost = new(Name, new Uri(await File.ReadAllTextAsync(addressFile, cancellationToken)), process) };
        installation.Write(directory);
        return installation;
    }

    private static string[] Option(string name, double? seconds) => seconds is { } value ? [name, value.ToString(CultureInfo.InvariantCulture)] : [];
}
