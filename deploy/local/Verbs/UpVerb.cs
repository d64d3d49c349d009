using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Verbs;

internal static class UpVerb
{
    public static Command Create(Checkout checkout)
    {
        var detach = new Option<bool>("--detach") { Description = "Return when everything is ready, and leave it running until 'down'." };
        var tls = new Option<bool>("--tls") { Description = "Everything on TLS with certificates of the development authority, and no plain connection taken; on servers of its own." };
        var command = new Command("up", "Starts servers and services, waits until all are ready, and plays the demo once.") { detach, tls };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(detach), arguments.GetValue(tls), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, bool detach, bool tls, CancellationToken cancellationToken)
    {
        var directory = InstallationPlan.DirectoryOf(checkout);
        if (InstallationRecord.Read(directory) is { } record)
        {
            if (record.IsRunning)
            {
                Console.WriteLine(AlreadyUp(record, tls));
                var ready = await StatusVerb.RunAsync(checkout, cancellationToken);
                return record.IsOnTls == tls ? ready : 1;
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
            installation = await Installation.StartAsync(InstallationPlan.OfCheckout(checkout, servers), cancellationToken);
            Console.WriteLine($"Ready after {waited.Elapsed.TotalSeconds:0} s.");
            await StatusVerb.RunAsync(checkout, cancellationToken);

            var played = await DemoPlay.RunAsync(InstallationRecord.Read(directory)!, installation.Keys, cancellationToken);
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
                if (installation is not null)
                    await installation.DisposeAsync();
                if (servers is not null)
                    await servers.DisposeAsync();
            }
        }
    }

    /// <summary>What runs, and what to do when that is not what was asked for.</summary>
    internal static string AlreadyUp(InstallationRecord record, bool tls) => (record.IsOnTls, tls) switch
    {
        (true, true) => "Already up, on TLS; './safeharbor down' ends it.",
        (false, false) => "Already up; './safeharbor down' ends it.",
        (false, true) => "Already up, but without TLS. './safeharbor down', then './safeharbor up --tls', starts it with TLS and keeps its data.",
        (true, false) => "Already up, but on TLS: it takes no plain connection. './safeharbor down', then './safeharbor up', starts it without TLS and keeps its data.",
    };
}
