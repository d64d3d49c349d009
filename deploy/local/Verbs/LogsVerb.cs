using System.CommandLine;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

internal static class LogsVerb
{
    public static Command Create(Checkout checkout)
    {
        var names = string.Join(", ", ServiceKind.All.Select(kind => kind.Name));
        var service = new Argument<string?>("service") { Description = names + "; all of them without it.", Arity = ArgumentArity.ZeroOrOne };
        service.AcceptOnlyFromAmong([.. ServiceKind.All.Select(kind => kind.Name)]);
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until Ctrl-C." };
        var json = Json.Option("A line of JSON for each line: the service and what it wrote.");
        var command = new Command("logs", "Shows the services' logs.") { service, follow, json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var kinds = ServiceKind.All.Where(kind => arguments.GetValue(service) is not { } one || one == kind.Name);
            Func<string, string, string> write = arguments.GetValue(json) ? AsJson : LogFollower.ForPeople;
            await LogFollower.FollowAsync(InstallationPlan.DirectoryOf(checkout), [.. kinds], write, cancellationToken, fromStart: true, arguments.GetValue(follow));
        });
        return command;
    }

    private static string AsJson(string service, string line) => Json.LineOf(new { service, line });
}
