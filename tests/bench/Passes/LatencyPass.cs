using System.Diagnostics;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Load;

namespace SafeHarbor.Bench.Passes;

/// <summary>How long a journey's parts take when reports come at a steady rate that does not wait for anybody.</summary>
internal sealed record Latency(Percentiles AcceptMs, Percentiles ReportToCountyMs, Percentiles JourneyMs, double ReadsPerJourney, Usage Usage)
{
    private const int PerSecond = 10;

    public static async Task<Latency> MeasureAsync(Stage stage, TimeSpan duration, CancellationToken cancellation)
    {
        stage.Journeys.Pause = TimeSpan.Zero;
        await Task.Delay(BrokerCounts.Lag, cancellation);
        var before = await stage.SnapshotAsync(cancellation);
        var journeys = await AtRateAsync(stage, PerSecond, duration, cancellation);
        await Task.Delay(BrokerCounts.Lag, cancellation);
        var after = await stage.SnapshotAsync(cancellation);
        Journey[] ended = [.. journeys.Where(j => j.HasEnded)];
        return new(
            Percentiles.Of(journeys.Select(j => j.Accept)),
            Percentiles.Of(journeys.Where(j => j.Notified != 0).Select(j => j.ReportToCounty)),
            Percentiles.Of(ended.Select(j => j.Whole)),
            ended.Length == 0 ? 0 : ended.Average(j => j.Reads),
            after.Since(before, ended.Length));
    }

    /// <summary>Begins a journey at each tick, whatever became of the earlier ones, and waits for all.</summary>
    public static async Task<Journey[]> AtRateAsync(Stage stage, int perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var running = new List<Task<Journey>>();
        while (running.Count < duration.TotalSeconds * perSecond)
        {
            var wait = TimeSpan.FromSeconds((double)running.Count / perSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellation);
            running.Add(stage.Journeys.RunAsync(ReportKind.Plain, cancellation));
        }
        return await Task.WhenAll(running);
    }
}
