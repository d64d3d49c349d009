using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Sandbox;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class UpVerb
{
    public static Command Create(Checkout checkout)
    {
        var detach = new Option<bool>("--detach") { Description = "Return when everything is ready, and leave it running until 'down'." };
        var tls = new Option<bool>("--tls") { Description = "Everything on TLS with certificates of the development authority, and no plain connection taken; on servers of its own." };
        var sandbox = new Option<bool>("--sandbox")
        {
            Description = "For trying an integration: everything that is reported is a test, counties and providers answer by themselves, webhooks are shown (docs/sandbox.md). No demo.",
        };
        var (acknowledge, accept) = SandboxVerb.PaceOptions();
        var command = new Command("up", "Starts servers and services, waits until all are ready, and plays the demo once.") { detach, tls, sandbox, acknowledge, accept };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(detach), arguments.GetValue(tls),
            arguments.GetValue(sandbox) ? (arguments.GetValue(acknowledge), arguments.GetValue(accept)) : null, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, bool detach, bool tls, (double? Acknowledge, double? Accept)? sandbox, CancellationToken cancellationToken)
    {
        var directory = InstallationPlan.DirectoryOf(checkout);
        if (InstallationRecord.Read(directory) is { } record)
        {
            if (record.IsRunning)
            {
                Console.WriteLine(AlreadyUp(record, tls, sandbox is not null));
                var ready = await StatusVerb.RunAsync(checkout, cancellationToken);
                return record.IsOnTls == tls && record.IsSandbox == sandbox is not null ? ready : 1;
            }

            await record.StopAsync();
        }

        var home = ServerHome.OfCheckout(checkout) with { Authority = tls ? DevelopmentAuthority.OfCheckout(checkout) : null };
        var waited = Stopwatch.StartNew();
        ServerPair? servers = null;
        Installation? installation = null;
        var keep = false;
        try
        {
            Console.WriteLine("Finding or starting PostgreSQL and RabbitMQ ...");
            servers = await ServerPair.FindOrStartAsync(home, Console.WriteLine, cancellationToken);
            Console.WriteLine(servers.Origin);
            Console.WriteLine("Migrating and starting the services ...");
            installation = await Installation.StartAsync(InstallationPlan.OfCheckout(checkout, servers, sandbox is not null), cancellationToken);
            var started = InstallationRecord.Read(directory)!;
            if (sandbox is { } pace)
                started = await SandboxProcess.StartAsync(checkout, started, pace.Acknowledge, pace.Accept, cancellationToken);
            Console.WriteLine($"Ready after {waited.Elapsed.TotalSeconds:0} s.");
            await StatusVerb.RunAsync(checkout, cancellationToken);

            var played = sandbox is null ? await DemoPlay.RunAsync(started, installation.Keys, cancellationToken) : Introduce(installation.Keys);
            keep = detach;
            if (detach)
                return played;

            Console.WriteLine("Following the services' logs; Ctrl-C ends everything.");
            await LogFollower.FollowAsync(directory, ServiceKind.All, LogFollower.ForPeople, cancellationToken);
            return played;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopping ...");
            return 130;
        }
        finally
        {
            if (!keep)
            {
                if (InstallationRecord.Read(directory) is { SandboxHost.Process: { } host })
                    await host.StopAsync(TimeSpan.FromSeconds(10));
                if (installation is not null)
                    await installation.DisposeAsync();
                if (servers is not null)
                    await servers.DisposeAsync();
            }
        }
    }

    /// <summary>Who may report in the sandbox, and what to do next.</summary>
    private static int Introduce(DevelopmentKeys keys)
    {
        Console.WriteLine("This is a sandbox: every report is a test. Its agencies, each with a token for 12 hours:");
        foreach (var (agency, name) in SandboxFile.Read(HomeState.Current).Agencies)
            Console.WriteLine($"  {agency}, {name}{Environment.NewLine}    {keys.Token(agency)}");
        Console.WriteLine("docs/sandbox.md says what to send to see what. './safeharbor conformance --agency ORI' plays cases against an integration.");
        return 0;
    }

    /// <summary>What runs, and what to do when that is not what was asked for.</summary>
    internal static string AlreadyUp(InstallationRecord record, bool tls, bool sandbox) => (record.IsOnTls, tls) switch
    {
        _ when record.IsSandbox && !sandbox => "Already up, but as a sandbox. './safeharbor down', then './safeharbor up', starts it as none; each has data of its own.",
        _ when !record.IsSandbox && sandbox => "Already up, but as no sandbox. './safeharbor down', then './safeharbor up --sandbox', starts one; each has data of its own.",
        (true, true) => "Already up, on TLS; './safeharbor down' ends it.",
        (false, false) => "Already up; './safeharbor down' ends it.",
        (false, true) => "Already up, but without TLS. './safeharbor down', then './safeharbor up --tls', starts it with TLS and keeps its data.",
        (true, false) => "Already up, but on TLS: it takes no plain connection. './safeharbor down', then './safeharbor up', starts it without TLS and keeps its data.",
    };
}
