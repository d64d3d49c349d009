using System.CommandLine;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Verbs;

internal static class DownVerb
{
    public static Command Create(Checkout checkout)
    {
        var wipe = new Option<bool>("--wipe") { Description = "Delete databases, queues, keys and logs as well." };
        var command = new Command("down", "Ends services and servers of this checkout, also after the launcher itself was killed.") { wipe };
        command.SetAction(async (arguments, cancellationToken) => await RunAsync(checkout, arguments.GetValue(wipe), cancellationToken));
        return command;
    }

    private static async Task RunAsync(Checkout checkout, bool wipe, CancellationToken cancellationToken)
    {
        var directory = InstallationPlan.DirectoryOf(checkout);
        var home = ServerHome.OfCheckout(checkout);
        if (InstallationRecord.Read(directory) is { } record)
            await record.StopAsync();
        InstallationRecord.Delete(directory);
        if (wipe && ServerPair.FindRunning(home) is { IsShared: true } shared)
            await InstallationPlan.OfCheckout(checkout, shared).WipeServersAsync(cancellationToken);
        await ServerPair.StopRecordedAsync(home, wipe);
        await ServerPair.StopAbandonedAsync(checkout);
        if (wipe && Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        Console.WriteLine(wipe ? "Down, and its data is gone." : "Down.");
    }
}
