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
        var command = new Command("logs", "Shows the services' logs.") { service, follow };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var kinds = ServiceKind.All.Where(kind => arguments.GetValue(service) is not { } one || one == kind.Name);
            await LogFollower.FollowAsync(InstallationPlan.DirectoryOf(checkout), [.. kinds], cancellationToken, fromStart: true, arguments.GetValue(follow));
        });
        return command;
    }
}
