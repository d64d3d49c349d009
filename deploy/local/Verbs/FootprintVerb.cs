using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Verbs;

/// <summary>Measures what each service takes when it has nothing to do, from the operating system's own accounts.</summary>
internal static class FootprintVerb
{
    /// <summary>What one service takes.</summary>
    /// <param name="Service">Its name.</param>
    /// <param name="ReadyAfterSeconds">From its start to its readiness.</param>
    /// <param name="ResidentMegabytes">Every page that is mapped.</param>
    /// <param name="OwnShareMegabytes">The same, but pages that several processes share are divided among them.</param>
    /// <param name="CorePercent">Of one core, over 30 s in which nothing is asked of it.</param>
    private sealed record Footprint(string Service, double ReadyAfterSeconds, double ResidentMegabytes, double OwnShareMegabytes, double CorePercent);

    public static Command Create(Checkout checkout)
    {
        var settle = new Option<int>("--settle") { Description = "Seconds of rest before measuring: the compiler works on for some minutes after a start.", DefaultValueFactory = _ => 180 };
        var json = Json.Option();
        var command = new Command("footprint", "Starts the services on servers of their own and measures start, memory and idle processor time of each (Linux).") { settle, json };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(settle), arguments.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, int settleSeconds, bool json, CancellationToken cancellationToken)
    {
        // With JSON standard output is a program's.
        var told = json ? Console.Error : Console.Out;
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), told.WriteLine, cancellationToken);
        await using var installation = await Installation.StartAsync(InstallationPlan.ForTests(checkout, servers), cancellationToken);
        foreach (var kind in ServiceKind.All)
            await installation[kind].StopAsync();
        var starts = new Dictionary<ServiceKind, TimeSpan>();
        foreach (var kind in ServiceKind.All)
            starts[kind] = await StartAsync(installation[kind], cancellationToken);
        told.WriteLine($"Resting for {settleSeconds} s, then watching for 30 s ...");
        await Task.Delay(TimeSpan.FromSeconds(settleSeconds), cancellationToken);
        var before = ServiceKind.All.ToDictionary(kind => kind, kind => ProcessorTime(installation[kind]));
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);

        Footprint[] found = [.. ServiceKind.All.Select(kind => new Footprint(kind.Name,
            Math.Round(starts[kind].TotalSeconds, 1), Megabytes(installation[kind], "Rss"), Megabytes(installation[kind], "Pss"),
            Math.Round((ProcessorTime(installation[kind]) - before[kind]).TotalSeconds / watch.Elapsed.TotalSeconds * 100, 1)))];
        Console.WriteLine(json ? Json.Of(found) : Table(found));
        return 0;
    }

    private static string Table(Footprint[] found) => string.Join('\n',
    [
        $"{"",-16}{"ready after s",14}{"resident MB",13}{"own share MB",14}{"% of a core",13}",
        .. found.Select(f => string.Create(CultureInfo.InvariantCulture,
            $"{f.Service,-16}{f.ReadyAfterSeconds,14:0.0}{f.ResidentMegabytes,13:0}{f.OwnShareMegabytes,14:0}{f.CorePercent,13:0.0}")),
    ]);

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

    private static double Megabytes(ServiceProcess service, string what) => Math.Round(
        File.ReadLines($"/proc/{service.Process!.Pid}/smaps_rollup")
            .Where(line => line.StartsWith(what + ":", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).Single());
}
