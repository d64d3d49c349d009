using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Verbs;

/// <summary>Measures what each service takes when it has nothing to do, from the operating system's own accounts.</summary>
internal static class FootprintVerb
{
    public static Command Create(Checkout checkout)
    {
        var settle = new Option<int>("--settle") { Description = "Seconds of rest before measuring: the compiler works on for some minutes after a start.", DefaultValueFactory = _ => 180 };
        var command = new Command("footprint", "Starts the services on servers of their own and measures start, memory and idle processor time of each (Linux).") { settle };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(settle), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, int settleSeconds, CancellationToken cancellationToken)
    {
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), Console.WriteLine, cancellationToken);
        await using var installation = await Installation.StartAsync(InstallationPlan.ForTests(checkout, servers), cancellationToken);
        foreach (var kind in ServiceKind.All)
            await installation[kind].StopAsync();
        var starts = new Dictionary<ServiceKind, TimeSpan>();
        foreach (var kind in ServiceKind.All)
            starts[kind] = await StartAsync(installation[kind], cancellationToken);
        Console.WriteLine($"Resting for {settleSeconds} s, then watching for 30 s ...");
        await Task.Delay(TimeSpan.FromSeconds(settleSeconds), cancellationToken);
        var before = ServiceKind.All.ToDictionary(kind => kind, kind => ProcessorTime(installation[kind]));
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);

        Console.WriteLine($"{"",-16}{"ready after s",14}{"resident MB",13}{"own share MB",14}{"% of a core",13}");
        foreach (var kind in ServiceKind.All)
        {
            var used = (ProcessorTime(installation[kind]) - before[kind]).TotalSeconds / watch.Elapsed.TotalSeconds * 100;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{kind.Name,-16}{starts[kind].TotalSeconds,14:0.0}{Megabytes(installation[kind], "Rss"),13:0}{Megabytes(installation[kind], "Pss"),14:0}{used,13:0.0}"));
        }
        return 0;
    }

    private static async Task<TimeSpan> StartAsync(ServiceProcess service, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await service.StartAsync(cancellationToken);
        await service.WaitUntilReadyAsync(cancellationToken);
        return watch.Elapsed;
    }

    private static TimeSpan ProcessorTime(ServiceProcess service)
    {
        using var process = Process.GetProcessById(service.Process!.Pid);
        return process.TotalProcessorTime;
    }

    /// <summary>Rss counts every page that is mapped; Pss divides those that several processes share among them.</summary>
    private static double Megabytes(ServiceProcess service, string what) =>
        File.ReadLines($"/proc/{service.Process!.Pid}/smaps_rollup")
            .Where(line => line.StartsWith(what + ":", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single();
}
