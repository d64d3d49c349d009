using System.Collections.Concurrent;
using Npgsql;
using SafeHarbor.Bench.Passes;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.RoundTrips;

/// <summary>How often a journey makes each service ask its database, one journey at a time or nearly so: nothing is shared among journeys then.</summary>
/// <param name="PerJourney">Round trips, by service.</param>
/// <param name="ResetsPerJourney">Resets of pooled connections, by service; they go along with a round trip.</param>
/// <param name="ReadsPerJourney">How often the receipt was read.</param>
internal sealed record RoundTripPass(IReadOnlyDictionary<string, double> PerJourney, IReadOnlyDictionary<string, double> ResetsPerJourney, double ReadsPerJourney)
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
            await JourneysAsync(stage, cancellation);
            // Services look after themselves all the time; what they do anyway is not the journeys'.
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            var (began, atRest) = (TimeProvider.System.GetTimestamp(), Counts());
            await Task.Delay(Watched, cancellation);
            var (resting, before) = (TimeProvider.System.GetElapsedTime(began), Counts());
            began = TimeProvider.System.GetTimestamp();
            var journeys = await JourneysAsync(stage, cancellation);
            await Task.Delay(TimeSpan.FromSeconds(2), cancellation);
            var (watched, after) = (TimeProvider.System.GetElapsedTime(began), Counts());
            return new(PerJourney(counts => counts.RoundTrips), PerJourney(counts => counts.Resets), journeys.Average(j => j.Reads));

            Dictionary<string, double> PerJourney(Func<(long RoundTrips, long Resets), long> what) => after.ToDictionary(a => a.Key,
                a => (what(a.Value) - what(before[a.Key]) - (what(before[a.Key]) - what(atRest[a.Key])) * (watched / resting)) / journeys.Length);
        }
        finally
        {
            foreach (var proxy in proxies.Values)
                await proxy.DisposeAsync();
        }

        Dictionary<string, (long RoundTrips, long Resets)> Counts() =>
            counters.ToDictionary(c => c.Key, c => (c.Value.Sum(frames => frames.RoundTrips), c.Value.Sum(frames => frames.Resets)));
    }

    private static Task<Journey[]> JourneysAsync(Stage stage, CancellationToken cancellation) => Latency.AtRateAsync(stage, PerSecond, Watched, cancellation);

    private static Passing? Counter(Direction direction, ConcurrentBag<FrontendFrames> counters)
    {
        if (direction != Direction.ToServer)
            return null;
        var frames = new FrontendFrames();
        counters.Add(frames);
        return frames.Read;
    }
}
