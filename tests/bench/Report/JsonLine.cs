using System.Text.Json;
using System.Text.Json.Serialization;
using SafeHarbor.Bench.Counties;
using SafeHarbor.Bench.Floods;
using SafeHarbor.Bench.Meters;

namespace SafeHarbor.Bench.Report;

/// <summary>The figures for programs, in one line.</summary>
internal static class JsonLine
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Of(IReadOnlyList<UnderFlood> figures) => JsonSerializer.Serialize(
        figures.Select(under => new { kind = under.Kind?.ToString(), under.Connections, under.Reports, under.Taken, ms = Rounded(under.Ms) }), Options);

    public static string Of(Figures figures)
    {
        var (latency, throughput) = (figures.Load.Latency, figures.Load.Throughput);
        return JsonSerializer.Serialize(new
        {
            journeysPerSecond = Rounded(throughput.JourneysPerSecond),
            rawJourneysPerSecond = Rounded(figures.RawJourneysPerSecond),
            ratioToRaw = Rounded(throughput.JourneysPerSecond / figures.RawJourneysPerSecond),
            commitsPerSecond = Rounded(figures.CommitsPerSecond),
            acceptMs = Rounded(latency.AcceptMs),
            reportToCountyMs = Rounded(latency.ReportToCountyMs),
            journeyMs = Rounded(latency.JourneyMs),
            memoryMb = new { idle = Rounded(figures.Idle.Memory.Values.Sum(m => m.OwnShare)), load = Rounded(throughput.Memory.Values.Sum(m => m.OwnShare)) },
            idleCpuPercent = Rounded(figures.Idle.Memory.Keys.Sum(figures.Idle.Usage.PercentOf)),
            perJourney = new
            {
                messages = Rounded(latency.Usage.PerJourney(latency.Usage.Published)),
                commits = Rounded(throughput.Usage.PerJourney(throughput.Usage.Commits.Values.Sum())),
                roundTrips = Rounded(figures.RoundTrips.PerJourney.Values.Sum()),
                walBytes = Math.Round(throughput.Usage.PerJourney(throughput.Usage.WalBytes)),
            },
            history = figures.History is { } history ? new
            {
                encounters = history.Encounters,
                acceptRatio = Rounded(Ratios.Of(figures).Accept),
                reportToCountyRatio = Rounded(Ratios.Of(figures).ReportToCounty),
                throughputRatio = Rounded(Ratios.Of(figures).Throughput),
            } : null,
            tables = new
            {
                messages = figures.Tables.Values.Sum(tables => tables.Messages),
                services = figures.Tables,
            },
        }, Options);
    }

    /// <summary>What counties ask, by the questions' names.</summary>
    public static string Of(CountyFigures figures) => JsonSerializer.Serialize(new
    {
        handoffs = figures.Handoffs,
        inboxMs = Rounded(figures.Inbox.AllMs),
        questionMs = figures.Inbox.Answers.ToDictionary(a => a.Question.Name, a => Rounded(a.Ms)),
        pageMs = Rounded(figures.Inbox.PageMs),
        questionCpuMs = Rounded(figures.Inbox.CpuMs),
        explanationsPerSecond = Rounded(figures.Explained.PerSecond),
        explanationMs = Rounded(figures.Explained.Ms),
        explanationCpuMs = Rounded(figures.Explained.CpuMs),
        waiting = figures.Waiting,
        stepLateMs = Rounded(figures.Steps.LateMs),
        burst = new { steps = figures.Burst.Steps, lateMs = Rounded(figures.Burst.LateMs), latestMs = Rounded(figures.Burst.LatestMs) },
    }, Options);

    private static object Rounded(Percentiles percentiles) => new { p50 = Rounded(percentiles.P50), p95 = Rounded(percentiles.P95), p99 = Rounded(percentiles.P99) };

    // JSON has no way to say that there is no number.
    private static double? Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 2) : null;
}
