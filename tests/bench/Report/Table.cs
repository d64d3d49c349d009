using System.Globalization;
using System.Text;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Bench.Raw;

namespace SafeHarbor.Bench.Report;

/// <summary>The figures for people.</summary>
internal static class Table
{
    public static string Of(Figures figures)
    {
        var text = new StringBuilder();
        Load(text, "", figures.Load);
        Line(text, $"yardsticks: {figures.RawJourneysPerSecond:0.0} journeys/s of bare messages ({Chain.Messages} messages, {Chain.Deliveries} deliveries each); the system does {figures.Load.Throughput.JourneysPerSecond / figures.RawJourneysPerSecond:0.000} of it");
        Line(text, $"            {figures.CommitsPerSecond:0} commits/s of one row, one connection, synchronous");
        Line(text, $"");
        Processes(text, figures);
        PerJourney(text, figures);
        if (figures.History is { } history)
        {
            Load(text, $" with {history.Encounters} old encounters", history.Load);
            var ratios = Ratios.Of(figures);
            Line(text, $"against none (1 is the same, more is worse): accept {ratios.Accept:0.00}, report to county {ratios.ReportToCounty:0.00}, journey {ratios.Journey:0.00}, throughput {ratios.Throughput:0.00}");
        }
        Tables(text, figures.Tables);
        Line(text, $"{figures.Reported} reports; {(figures.Missing.Count == 0 ? "each has ended once" : "NOT ALL HAVE ENDED ONCE")}");
        return text.ToString().TrimEnd();
    }

    private static void Load(StringBuilder text, string with, UnderLoad load)
    {
        var (latency, throughput) = (load.Latency, load.Throughput);
        Line(text, $"{throughput.JourneysPerSecond:0.0} journeys/s{with} (others on this machine: {throughput.Usage.OthersPercent:0} % of a core; {throughput.ReadsPerJourney:0.0} receipts read per journey)");
        Line(text, $"");
        Line(text, $"{"ms" + with,-40}{"p50",9}{"p95",9}{"p99",9}");
        Row("accept, 10/s", latency.AcceptMs);
        Row("report to county, 10/s", latency.ReportToCountyMs);
        Row("journey, 10/s", latency.JourneyMs);
        Row("journey, as many as go through", throughput.JourneyMs);
        Line(text, $"others during the latencies: {latency.Usage.OthersPercent:0} % of a core; {latency.ReadsPerJourney:0.0} receipts read per journey");
        Line(text, $"");

        void Row(string what, Percentiles p) => Line(text, $"{what,-40}{p.P50,9:0.0}{p.P95,9:0.0}{p.P99,9:0.0}");
    }

    private static void Processes(StringBuilder text, Figures figures)
    {
        var (idle, low, high) = (figures.Idle, figures.Load.Latency.Usage, figures.Load.Throughput.Usage);
        Line(text, $"{"",-16}{"resident MB",22}{"own share MB",18}{"% of a core",22}{"CPU ms per journey",22}");
        Line(text, $"{"",-16}{"idle",14}{"load",8}{"idle",10}{"load",8}{"idle",14}{"load",8}{"10/s",14}{"load",8}");
        foreach (var process in high.ProcessorMs.Keys)
        {
            var (before, after) = (idle.Memory.GetValueOrDefault(process), figures.Load.Throughput.Memory.GetValueOrDefault(process));
            Line(text, $"{process,-16}{before?.Resident,14:0}{after?.Resident,8:0}{before?.OwnShare,10:0}{after?.OwnShare,8:0}{idle.Usage.PercentOf(process),14:0.0}{high.PercentOf(process),8:0.0}{low.PerJourney(low.ProcessorMs[process]),14:0.00}{high.PerJourney(high.ProcessorMs[process]),8:0.00}");
        }
        var (rest, busy) = (idle.Memory.Values, figures.Load.Throughput.Memory.Values);
        Line(text, $"{"services",-16}{rest.Sum(m => m.Resident),14:0}{busy.Sum(m => m.Resident),8:0}{rest.Sum(m => m.OwnShare),10:0}{busy.Sum(m => m.OwnShare),8:0}");
        Line(text, $"{"everything",-16}{"",62}{low.PerJourney(low.ProcessorMs.Values.Sum()),14:0.00}{high.PerJourney(high.ProcessorMs.Values.Sum()),8:0.00}");
        Line(text, $"");
    }

    private static void PerJourney(StringBuilder text, Figures figures)
    {
        var (low, high) = (figures.Load.Latency.Usage, figures.Load.Throughput.Usage);
        Line(text, $"{"per journey",-24}{"commits 10/s",14}{"load",8}{"round trips",14}{"resets",9}");
        foreach (var (service, trips) in figures.RoundTrips.PerJourney)
            Line(text, $"{service,-24}{low.PerJourney(low.Commits[service]),14:0.0}{high.PerJourney(high.Commits[service]),8:0.0}{trips,14:0.0}{figures.RoundTrips.ResetsPerJourney[service],9:0.0}");
        Line(text, $"{"in all",-24}{low.PerJourney(low.Commits.Values.Sum()),14:0.0}{high.PerJourney(high.Commits.Values.Sum()),8:0.0}{figures.RoundTrips.PerJourney.Values.Sum(),14:0.0}{figures.RoundTrips.ResetsPerJourney.Values.Sum(),9:0.0}   ({figures.RoundTrips.ReadsPerJourney:0.0} receipts read)");
        Line(text, $"{low.PerJourney(low.Published):0.0} messages, {low.PerJourney(low.Acknowledged):0.0} deliveries, {low.PerJourney(low.WalBytes):0} bytes of the database's log at 10/s, {high.PerJourney(high.WalBytes):0} at load");
        Line(text, $"");
    }

    private static void Tables(StringBuilder text, IReadOnlyDictionary<string, ServiceTables> tables)
    {
        Line(text, $"{$"after {tables.Values.Sum(t => t.Messages)} messages",-24}{"outbox kB",14}{"dead",8}{"timers kB",14}{"dead",8}{"inbox kB",14}{"dead",8}{"messages sent",18}");
        foreach (var (service, (messages, outbox, timers, inbox)) in tables)
            Line(text, $"{service,-24}{outbox.Bytes / 1024,14}{outbox.DeadRows,8}{timers.Bytes / 1024,14}{timers.DeadRows,8}{inbox.Bytes / 1024,14}{inbox.DeadRows,8}{messages,18}");
        Line(text, $"");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
