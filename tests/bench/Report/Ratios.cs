namespace SafeHarbor.Bench.Report;

/// <summary>With old encounters against without: 1 is the same, more is worse.</summary>
internal sealed record Ratios(double Accept, double ReportToCounty, double Journey, double Throughput)
{
    public static Ratios Of(Figures figures)
    {
        var (before, after) = (figures.Load, figures.History!.Load);
        return new(
            after.Latency.AcceptMs.P50 / before.Latency.AcceptMs.P50,
            after.Latency.ReportToCountyMs.P50 / before.Latency.ReportToCountyMs.P50,
            after.Latency.JourneyMs.P50 / before.Latency.JourneyMs.P50,
            before.Throughput.JourneysPerSecond / after.Throughput.JourneysPerSecond);
    }
}
