using System.CommandLine;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class DemoVerb
{
    public static Command Create(Checkout checkout)
    {
        var command = new Command("demo", "Plays the sample journeys against what is up; succeeds only when every journey reached its end.");
        command.SetAction(async (_, cancellationToken) =>
        {
            var directory = InstallationPlan.DirectoryOf(checkout);
            if (InstallationRecord.Read(directory) is { IsRunning: true } record)
                return await DemoPlay.RunAsync(record, DevelopmentKeys.OfCheckout(checkout), cancellationToken);
            Console.Error.WriteLine("Nothing is up: start it with './safeharbor up --detach'.");
            return 1;
        });
        return command;
    }
}
