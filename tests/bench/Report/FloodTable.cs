using System.Globalization;
using System.Text;
using SafeHarbor.Bench.Floods;

namespace SafeHarbor.Bench.Report;

/// <summary>Reports under floods, for people.</summary>
internal static class FloodTable
{
    public static string Of(IReadOnlyList<UnderFlood> figures)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"POST /v1/encounters over new connections, 10/s, ms",-60}{"p50",9}{"p95",9}{"p99",9}{"taken",14}");
        foreach (var (kind, connections, reports, taken, ms) in figures)
        {
            var what = kind is null ? "nobody else" : $"another address, {kind.Value.ToString().ToLowerInvariant()}: {connections} connections made";
            text.AppendLine(CultureInfo.InvariantCulture, $"{what,-60}{ms.P50,9:0.0}{ms.P95,9:0.0}{ms.P99,9:0.0}{$"{taken} of {reports}",14}");
        }

        return text.ToString().TrimEnd();
    }
}
