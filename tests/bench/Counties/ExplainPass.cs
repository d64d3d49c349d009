using System.Diagnostics;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Bench.Counties;

/// <summary>As many questions about places as one core answers: the service has the first core, the load generator the others.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Ms">How long they took.</param>
/// <param name="CpuMs">Processor time of the service's process for each.</param>
/// <param name="OthersPercent">Of a core, what runs beside all this has used.</param>
internal sealed record Explained(double PerSecond, Percentiles Ms, double CpuMs, double OthersPercent)
{
    private const int InFlight = 16;
    // An organization may ask 2,000 times a second.
    private const int Agencies = 10;

    public static async Task<Explained> MeasureAsync(CountyStage stage, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellation)
    {
        var cores = PinnedProcess.Cores;
        await using var service = await PinnedProcess.PinAsync(stage.Pid, cores.Take(1), cancellation);
        await using var generator = await PinnedProcess.PinAsync(Environment.ProcessId, cores.Count == 1 ? cores : cores.Skip(1), cancellation);
        await AskAsync(stage, warmUp, cancellation);
        var (meter, cpu, began) = (OthersMeter.Start(stage), ProcessTree.Milliseconds([stage.Pid]), Stopwatch.GetTimestamp());
        var times = await AskAsync(stage, duration, cancellation);
        return new(times.Count / Stopwatch.GetElapsedTime(began).TotalSeconds, Percentiles.Of(times), (ProcessTree.Milliseconds([stage.Pid]) - cpu) / times.Count, meter.Percent);
    }

    private static async Task<IReadOnlyList<TimeSpan>> AskAsync(CountyStage stage, TimeSpan duration, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(lane => AskAsync(lane)));
        return [.. times.SelectMany(t => t)];

        async Task<IReadOnlyList<TimeSpan>> AskAsync(int lane)
        {
            var random = new Random(lane);
            var took = new List<TimeSpan>();
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                var asked = Stopwatch.GetTimestamp();
                var answer = await stage.Apis.SendAsync(HttpMethod.Post, ServiceKind.CountyRouting, $"le:CA{1942000 + random.Next(Agencies)}", "/v1/jurisdiction/explain", SomePlace(random), cancellation);
                if (!answer.IsSuccess)
                    throw new InvalidOperationException($"A place was not explained: {answer.Status} {answer.Text}");
                took.Add(Stopwatch.GetElapsedTime(asked, answer.At));
            }
            return took;
        }
    }

    // Between San Diego and Sacramento, in most counties' middles and near some of their lines.
    private static object SomePlace(Random random) => new
    {
        latitude = 32.8 + random.NextDouble() * 5.8,
        longitude = -117.2 - random.NextDouble() * 1.0 - random.NextDouble() * 2.8,
        accuracyMeters = 20,
        child = new { residenceCountyFips = "06037" },
    };
}
