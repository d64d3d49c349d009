using System.CommandLine;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Sandbox;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

/// <summary>Who is there in a sandbox. <c>up --sandbox</c> starts it as a process of its own; in containers it is one.</summary>
internal static class SandboxVerb
{
    public static Command Create(Checkout checkout)
    {
        var services = new Option<string[]>("--service") { Description = "Where a service is, NAME=ADDRESS, once for each; without it, what is up.", DefaultValueFactory = _ => [] };
        var listen = new Option<Uri?>("--listen") { Description = "Where to listen; without it, at a free port of this machine." };
        var address = new Option<string?>("--address") { Description = "Where the services reach it, when that is another address." };
        var addressFile = new Option<string?>("--address-file") { Description = "Gets the address once everybody is there." };
        var (acknowledge, accept) = PaceOptions();
        var command = new Command("sandbox", "Plays the counties, providers and the desk of a sandbox and shows received webhooks, until Ctrl-C. 'up --sandbox' starts it.")
        {
            services, listen, address, addressFile, acknowledge, accept,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (AddressesOf(checkout, arguments.GetValue(services)!) is not { } addressOf)
            {
                await Console.Error.WriteLineAsync("No sandbox is up: start one with './safeharbor up --sandbox --detach', or say with --service where its services are.");
                return 1;
            }

            var rules = SandboxFile.Read(HomeState.Current);
            var pace = new Pace(TimeSpan.FromSeconds(arguments.GetValue(acknowledge) ?? rules.AcknowledgeAfterSeconds), TimeSpan.FromSeconds(arguments.GetValue(accept) ?? rules.AcceptAfterSeconds));
            using var api = new PublicApi(addressOf, DevelopmentKeys.OfCheckout(checkout));
            var certificate = addressOf(ServiceKind.Notification).Scheme == Uri.UriSchemeHttps ? DevelopmentAuthority.OfCheckout(checkout).Server("webhooks") : null;
            await using var host = await SandboxHost.StartAsync(
                api, new SandboxActors(api, rules, pace, TimeProvider.System, Console.WriteLine), arguments.GetValue(listen), arguments.GetValue(address), certificate, cancellationToken);
            Console.WriteLine($"Everybody is there. Received webhooks: {host.Address}/");
            if (arguments.GetValue(addressFile) is { } file)
                await File.WriteAllTextAsync(file, host.Address, cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return 0;
        });
        return command;
    }

    /// <summary>How long counties and providers take; without them, as the state's <c>sandbox.json</c> says.</summary>
    internal static (Option<double?> Acknowledge, Option<double?> Accept) PaceOptions() => (
        new("--acknowledge-after") { Description = "Seconds until a county of the sandbox acknowledges, or a provider answers." },
        new("--accept-after") { Description = "Seconds from then until the county accepts, or the provider has completed its service." });

    private static Func<ServiceKind, Uri>? AddressesOf(Checkout checkout, string[] given)
    {
        if (given.Length == 0)
            return InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout)) is { IsRunning: true, IsSandbox: true } record ? record.AddressOf : null;
        var addresses = given.Select(one => one.Split('=', 2)).ToDictionary(
            pair => pair[0], pair => pair.Length == 2 && Uri.TryCreate(pair[1], UriKind.Absolute, out var uri) ? uri : throw new FormatException($"'{string.Join('=', pair)}' is no NAME=ADDRESS, as in intake=http://intake:8080."));
        return kind => addresses.GetValueOrDefault(kind.Name) ?? throw new FormatException($"Say where {kind.Name} is, too: --service {kind.Name}=ADDRESS.");
    }
}
