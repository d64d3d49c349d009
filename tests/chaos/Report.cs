using System.Globalization;
using SafeHarbor.Chaos.Around;
using SafeHarbor.Chaos.Checks;

namespace SafeHarbor.Chaos;

/// <summary>Says what a run has shown, and of what went wrong enough to begin looking.</summary>
internal sealed class Report(Site site, Action<string> say)
{
    private const int Most = 40;
    private const int MostTimelines = 5;

    public async Task WriteAsync(ChaosResult result, CancellationToken cancellation)
    {
        foreach (var kind in result.Recoveries.GroupBy(recovery => recovery.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
            say($"{kind.Key,-22} {string.Join(" ", kind.Select(recovery => recovery.After is { } time ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "never"))}");
        foreach (var finding in result.Findings.Take(Most))
            say(finding.ToString());
        if (result.Findings.Count > Most)
            say($"... and {result.Findings.Count - Most} more");
        foreach (var encounter in result.Findings.Select(finding => finding.Encounter).OfType<Guid>().Distinct().Take(MostTimelines))
            await TimelineAsync(encounter, cancellation);
        foreach (var surprise in result.Surprises.Distinct().Take(Most))
            say($"surprise: {surprise}");
        var (p50, max) = result.RecoverySeconds;
        say(string.Create(CultureInfo.InvariantCulture,
            $"{(result.Passed ? "PASSED" : "FAILED")}: {result.Journeys} journeys, {result.Recoveries.Count} faults, {result.Lost} lost, {result.DuplicateEffects} duplicate effects, {result.ParkedUnexpected} parked unexpectedly, recovery p50 {p50:0.0} s, max {max:0.0} s"));
        say($"Logs and ledger: {site.Directory}");
    }

    private async Task TimelineAsync(Guid encounter, CancellationToken cancellation)
    {
        say($"Timeline of {encounter}:");
        foreach (var line in await EvidenceReader.RowsAsync(site.Installation.Databases["intake"],
                     $"select concat(to_char(at, 'HH24:MI:SS.MS'), ' ', type, ' ', data - 'legalBasis' - 'rule') from timeline where encounter_id = '{encounter}' order by sequence",
                     row => row.GetString(0), cancellation))
            say($"  {line}");
    }
}
