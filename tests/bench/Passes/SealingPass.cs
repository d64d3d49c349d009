using System.Diagnostics;
using System.Security.Cryptography;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Bench.Passes;

/// <summary>What sealing a report's details costs: 2 KB, which is more than most have, each with a key that was made ahead.</summary>
internal static class SealingPass
{
    private const int Reports = 20_000;

    public static string Measure()
    {
        var details = RandomNumberGenerator.GetBytes(2048);
        Run(details);
        var times = Run(details);
        Array.Sort(times);
        return $"Sealing {details.Length} bytes, {Reports} times: mean {times.Average():0.0} µs, median {times[Reports / 2]:0.0} µs, 99 % within {times[Reports * 99 / 100]:0.0} µs";
    }

    private static double[] Run(byte[] details)
    {
        var times = new double[Reports];
        for (var i = 0; i < Reports; i++)
        {
            using var key = DataKey.Make(Guid.CreateVersion7());
            var record = Guid.CreateVersion7();
            var started = Stopwatch.GetTimestamp();
            Envelope.Seal(details, "reports.details", record, key);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMicroseconds;
        }
        return times;
    }
}
