using System.Text.Json;
using SafeHarbor.Chaos.Checks;

namespace SafeHarbor.Chaos;

/// <summary>How long it took after a fault until a journey that was begun then had ended; null when none did in time.</summary>
internal sealed record Recovered(string Kind, string Fault, TimeSpan? After);

/// <summary>What a run has shown.</summary>
internal sealed record ChaosResult(int Journeys, IReadOnlyList<Recovered> Recoveries, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Surprises)
{
    /// <summary>Encounters that did not reach their end.</summary>
    public int Lost => Findings.Where(finding => finding.Wrong == Wrong.Lost).DistinctBy(finding => finding.Encounter).Count();

    public int DuplicateEffects => Findings.Count(finding => finding.Wrong == Wrong.Duplicate);

    public int ParkedUnexpected => Findings.Count(finding => finding.Wrong == Wrong.Parked);

    public bool Passed => Findings.Count == 0 && Recoveries.All(recovery => recovery.After is not null);

    /// <summary>Seconds; a fault without recovery counts as the patience that it was given.</summary>
    public (double P50, double Max) RecoverySeconds
    {
        get
        {
            var seconds = Recoveries.Select(recovery => (recovery.After ?? ChaosRun.Patience).TotalSeconds).Order().ToArray();
            return seconds.Length == 0 ? (0, 0) : (seconds[(seconds.Length - 1) / 2], seconds[^1]);
        }
    }

    /// <summary>One line.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Journeys,
            Faults = Recoveries.CountBy(recovery => recovery.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(),
            Lost,
            DuplicateEffects,
            ParkedUnexpected,
            RecoverySeconds = new { P50 = Math.Round(RecoverySeconds.P50, 1), Max = Math.Round(RecoverySeconds.Max, 1) },
            Passed,
        },
        JsonSerializerOptions.Web);
}
