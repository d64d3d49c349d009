using System.CommandLine;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Verbs;

internal static class DownVerb
{
    public static Command Create(Checkout checkout)
    {
        var wipe = new Option<bool>("--wipe") { Description = "Delete databases, queues, keys, certificates and logs as well." };
        var command = new Command("down", "Ends services and servers of this checkout, also after the launcher itself was killed.") { wipe };
        command.SetAction(async (arguments, cancellationToken) => Console.WriteLine(await RunAsync(checkout, arguments.GetValue(wipe), cancellationToken)));
        return command;
    }

    /// <returns>What was done, for people.</returns>
    internal static async Task<string> RunAsync(Checkout checkout, bool wipe, CancellationToken cancellationToken)
    {
        var directory = InstallationPlan.DirectoryOf(checkout);
        var home = ServerHome.OfCheckout(checkout);
        if (InstallationRecord.Read(directory) is { } record)
            await record.StopAsync();
        InstallationRecord.Delete(directory);
        if (wipe && await ServerPair.FindRunningAsync(home, cancellationToken) is { IsShared: true } shared)
            foreach (var sandbox in new[] { false, true })
                await InstallationPlan.OfCheckout(checkout, shared, sandbox).WipeServersAsync(cancellationToken);
        await ServerPair.StopRecordedAsync(home, wipe);
        await ServerPair.StopAbandonedAsync(checkout);
        if (!wipe)
            return "Down.";
        return Wipe(checkout) ? "Down, and its data is gone." : "Down, and its data is gone. A test run is still going: its files and the certificates that it uses were left.";
    }

    /// <summary>Empties <c>.local</c>, save the note of what is built.</summary>
    /// <returns>False when something was left for a run of tests that still goes on.</returns>
    private static bool Wipe(Checkout checkout)
    {
        var local = new DirectoryInfo(checkout.LocalDirectory);
        FileSystemInfo[] runs = [.. local.GetDirectories("test-*"), .. local.GetDirectories("journeys").SelectMany(journeys => journeys.GetDirectories())];
        var going = runs.Where(run => !RunOwner.HasEnded(run.FullName)).ToArray();
        FileSystemInfo[] gone = going.Length == 0
            ? [.. local.EnumerateFileSystemInfos().Where(entry => entry.Name != "built")]
            : [.. runs.Except(going), new DirectoryInfo(InstallationPlan.DirectoryOf(checkout))];
        foreach (var entry in gone.Where(entry => entry.Exists))
            if (entry is DirectoryInfo directory)
                directory.Delete(recursive: true);
            else
                entry.Delete();
        return going.Length == 0;
    }
}
