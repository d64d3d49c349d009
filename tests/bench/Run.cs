using SafeHarbor.Bench.History;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Bench.Passes;
using SafeHarbor.Bench.Raw;
using SafeHarbor.Bench.RoundTrips;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench;

/// <summary>One run: pass after pass, on one pair of servers that nobody else uses.</summary>
internal static class Run
{
    // Nobody here telephones. After a quarter of an hour the clocks of the first passes would run out in the middle of the later ones.
    private static readonly Dictionary<string, string?> PatientClocks = new() { ["Clocks__TelephoneReport"] = "1.00:00:00" };

    public static async Task<Figures> MeasureAsync(Settings settings, Action<string> say, CancellationToken cancellation)
    {
        var checkout = Checkout.Find();
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), say, cancellation);
        say(servers.Origin);
        Idle idle;
        UnderLoad load;
        WithHistory? history = null;
        int reported;
        IReadOnlyDictionary<string, ServiceTables> tables;
        IReadOnlyList<string> missing;
        await using (var stage = await Stage.OpenAsync(InstallationPlan.ForTests(checkout, servers) with { Environment = PatientClocks }, cancellation))
        {
            say($"Idle, after {settings.Settle.TotalSeconds} s of rest ...");
            idle = await Idle.WatchAsync(stage, settings.Settle, cancellation);
            load = await LoadAsync(stage, settings, say, cancellation);
            if (settings.History > 0)
            {
                await OldEncounters.LoadAsync(stage, settings.History, say, cancellation);
                history = new(settings.History, await LoadAsync(stage, settings, say, cancellation));
            }
            say("Looking whether every report has ended once ...");
            (missing, reported) = (await Completeness.CheckAsync(stage, cancellation), stage.Reported.Count);
            tables = await ServiceTables.ReadAsync(stage, cancellation);
        }
        say("Round trips ...");
        var roundTrips = await RoundTripPass.MeasureAsync(InstallationPlan.ForTests(checkout, servers), cancellation);
        say("Yardsticks ...");
        return new()
        {
            Idle = idle,
            Load = load,
            History = history,
            RoundTrips = roundTrips,
            RawJourneysPerSecond = await RawPass.MeasureAsync(servers, settings.InFlight, Shorter(settings.WarmUp), Shorter(settings.Measured), cancellation),
            CommitsPerSecond = await CommitPass.MeasureAsync(servers, TimeSpan.FromSeconds(3), cancellation),
            Tables = tables,
            Reported = reported,
            Missing = missing,
        };
    }

    private static async Task<UnderLoad> LoadAsync(Stage stage, Settings settings, Action<string> say, CancellationToken cancellation)
    {
        say($"Warming up for {settings.WarmUp.TotalSeconds} s ...");
        await Throughput.WarmUpAsync(stage, settings.InFlight, settings.WarmUp, cancellation);
        say($"Latency, {settings.Latency.TotalSeconds} s ...");
        var latency = await Latency.MeasureAsync(stage, settings.Latency, cancellation);
        say($"Throughput, {settings.Measured.TotalSeconds} s ...");
        return new(latency, await Throughput.MeasureAsync(stage, settings.InFlight, settings.Measured, cancellation));
    }

    // The yardstick has little to warm up, and its rate is steady.
    private static TimeSpan Shorter(TimeSpan duration) => duration < TimeSpan.FromSeconds(20) ? duration : TimeSpan.FromSeconds(20);
}
