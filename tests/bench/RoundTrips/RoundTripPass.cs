using System.Collections.Concurrent;
using Npgsql;
using SafeHarbor.Bench.Passes;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.RoundTrips;

/// <summary>How often a journey makes each service ask its database, one journey at a time or nearly so: nothing is shared among journeys then.</summary>
internal sealed record RoundTripPass(IReadOnlyDictionary<string, double> PerJourney, double ReadsPerJourney)
{
    private const int PerSecond = 5;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(6);

    public static async Task<RoundTripPass> MeasureAsync(InstallationPlan plan, CancellationToken cancellation)
    {
        var postgres = new NpgsqlConnectionStringBuilder(plan.Servers.Postgres);
        var counters = ServiceKind.All.ToDictionary(kind => kind.Name, _ => new ConcurrentBag<FrontendFrames>());
        var proxies = counters.ToDictionary(c => c.Key, c => new TcpProxy(postgres.Host!, postgres.Port) { Watch = direction => Counter(direction, c.Value) });
        try
        {
            await using var stage = await Stage.OpenAsync(plan with { DatabasePorts = proxies.ToDictionary(p => p.Key, p => p.Value.Port) }, cancellation);
            stage.Journeys.ReadAgainAfter = TimeSpan.FromMilliseconds(5);
            await LatencyPass(stage, cancellation);
            // Services look after themselves all the time; what they do anyway is not the journeys'.
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            var (began, atRest) = (TimeProvider.System.GetTimestamp(), Counts());
            await Task.Delay(Watched, cancellation);
            var (resting, before) = (TimeProvider.System.GetElapsedTime(began), Counts());
            began = TimeProvider.System.GetTimestamp();
            var journeys = await LatencyPass(stage, cancellation);
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            var (watched, after) = (TimeProvider.System.GetElapsedTime(began), Counts());
            return new(
                after.ToDictionary(a => a.Key, a => (a.Value - before[a.Key] - (before[a.Key] - atRest[a.Key]) * (watched / resting)) / journeys.Length),
                journeys.Average(j => j.Reads));
        }
        finally
        {
            foreach (var proxy in proxies.Values)
                await proxy.DisposeAsync();
        }

        Dictionary<string, long> Counts() => counters.ToDictionary(c => c.Key, c => c.Value.Sum(frames => frames.RoundTrips));
    }

    private static Task<Journey[]> LatencyPass(Stage stage, CancellationToken cancellation) => Latency.AtRateAsync(stage, PerSecond, Watched, cancellation);

    private static Passing? Counter(Direction direction, ConcurrentBag<FrontendFrames> counters)
    {
        if (direction != Direction.ToServer)
            return null;
        var frames = new FrontendFrames();
        counters.Add(frames);
        return frames.Read;
    }
}
