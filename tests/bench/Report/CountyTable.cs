using System.Globalization;
using System.Text;
using SafeHarbor.Bench.Counties;
using SafeHarbor.Bench.Meters;

namespace SafeHarbor.Bench.Report;

/// <summary>What counties ask, for people.</summary>
internal static class CountyTable
{
    public static string Of(CountyFigures figures)
    {
        var (text, inbox, explained) = (new StringBuilder(), figures.Inbox, figures.Explained);
        Line(text, $"{$"GET /v1/handoffs, {figures.Handoffs} in the database, ms",-60}{"p50",9}{"p95",9}{"p99",9}");
        foreach (var (question, ms) in inbox.Answers)
            Row(question.Name, ms);
        Row("all of these", inbox.AllMs);
        Row($"the large county's whole list, {inbox.Pages} pages of 200", inbox.PageMs);
        Line(text, $"{inbox.CpuMs:0.0} ms of processor time a question; others on this machine meanwhile: {inbox.OthersPercent:0} % of a core");
        Line(text, $"");
        Line(text, $"POST /v1/jurisdiction/explain, service on one core: {explained.PerSecond:0}/s, {explained.CpuMs:0.000} ms of processor time each (others: {explained.OthersPercent:0} % of a core)");
        Row("16 under way, ms", explained.Ms);
        Line(text, $"");
        Row($"steps told late with {figures.Waiting} timers ahead, {figures.Steps.Steps} steps, 10/s, ms", figures.Steps.LateMs);
        Row($"{figures.Burst.Steps} steps due in the same instant, ms", figures.Burst.LateMs);
        Line(text, $"latest: {figures.Steps.LatestMs:0} ms; of those of the same instant {figures.Burst.LatestMs:0} ms");
        return text.ToString().TrimEnd();

        void Row(string what, Percentiles p) => Line(text, $"{what,-60}{p.P50,9:0.0}{p.P95,9:0.0}{p.P99,9:0.0}");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
