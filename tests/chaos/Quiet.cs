using System.Diagnostics;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Chaos.Checks;

namespace SafeHarbor.Chaos;

/// <summary>Waits until nothing is wrong any more, or until waiting is of no use.</summary>
internal sealed class Quiet(Site site, Action<string> say)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    // Longer than the longest wait that the services have: a claimed webhook comes back after half a minute.
    private static readonly TimeSpan WithoutProgress = TimeSpan.FromSeconds(60);

    /// <summary>What is still wrong in the end.</summary>
    public async Task<IReadOnlyList<Finding>> WaitAsync(CancellationToken cancellation)
    {
        var (waited, stalled, told) = (Stopwatch.StartNew(), Stopwatch.StartNew(), "");
        while (true)
        {
            var ledger = site.Ledger;
            var findings = Verdict.Of(ledger.Acknowledged, ledger.Webhooks, ledger.Poison, await EvidenceReader.ReadAsync(site, cancellation));
            var state = string.Join(", ", findings.CountBy(finding => finding.Wrong).OrderBy(wrong => wrong.Key).Select(wrong => $"{wrong.Value} {wrong.Key}"));
            if (state != told)
            {
                (told, stalled) = (state, Stopwatch.StartNew());
                say($"  {(state.Length == 0 ? "quiet, and nothing is wrong" : $"not yet as it must be: {state}")}");
            }
            // Once more when all seems well: what should not come must have had the time to come.
            if (findings.Count == 0 && stalled.Elapsed > TimeSpan.FromSeconds(3) || waited.Elapsed > Longest || stalled.Elapsed > WithoutProgress)
                return findings;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }
    }
}
