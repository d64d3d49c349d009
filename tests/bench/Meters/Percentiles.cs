namespace SafeHarbor.Bench.Meters;

/// <summary>Of a set of durations, by nearest rank: each is one that was measured. In milliseconds.</summary>
internal sealed record Percentiles(double P50, double P95, double P99)
{
    public static Percentiles Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Select(d => d.TotalMilliseconds).Order().ToArray();
        return new(At(sorted, 50), At(sorted, 95), At(sorted, 99));
    }

    private static double At(double[] sorted, int percent) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)];
}
