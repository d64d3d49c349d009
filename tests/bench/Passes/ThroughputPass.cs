using System.Diagnostics;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Load;

namespace SafeHarbor.Bench.Passes;

/// <summary>As many journeys as go through.</summary>
internal sealed record Throughput(double JourneysPerSecond, Percentiles JourneyMs, double ReadsPerJourney, Usage Usage, IReadOnlyDictionary<string, Memory> Memory)
{
    private static readonly TimeSpan RampUp = TimeSpan.FromSeconds(2);

    public static async Task WarmUpAsync(Stage stage, int inFlight, TimeSpan duration, CancellationToken cancellation)
    {
        var loop = ClosedLoop.Start(stage, inFlight, cancellation);
        await Task.Delay(duration, cancellation);
        await loop.StopAsync();
    }

    public static async Task<Throughput> MeasureAsync(Stage stage, int inFlight, TimeSpan duration, CancellationToken cancellation)
    {
        var loop = ClosedLoop.Start(stage, inFlight, cancellation);
        await Task.Delay(RampUp, cancellation);
        var before = await stage.SnapshotAsync(cancellation);
        await Task.Delay(duration, cancellation);
        var after = await stage.SnapshotAsync(cancellation);
        var memory = stage.Memory();
        await loop.StopAsync();
        Journey[] ended = [.. loop.Over.Where(j => j.HasEnded && j.Ended > before.At && j.Ended <= after.At)];
        return new(
            ended.Length / Stopwatch.GetElapsedTime(before.At, after.At).TotalSeconds,
            Percentiles.Of(ended.Select(j => j.Whole)),
            ended.Length == 0 ? 0 : ended.Average(j => j.Reads),
            after.Since(before, ended.Length),
            memory);
    }
}
