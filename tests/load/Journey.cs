using System.Diagnostics;

namespace SafeHarbor.Load;

/// <summary>One encounter's way; all times are timestamps of <see cref="Stopwatch"/>.</summary>
/// <param name="EncounterId">Whose.</param>
/// <param name="Kind">What was reported.</param>
/// <param name="Began">When the report was sent.</param>
/// <param name="Accepted">When its receipt came.</param>
/// <param name="Notified">When the first county's webhook came; 0 when none has.</param>
/// <param name="Ended">When the timeline showed the end; 0 when it did not in time.</param>
/// <param name="Reads">How often the receipt was read.</param>
/// <param name="Timeline">As it was read last: how often each event is there.</param>
public sealed record Journey(Guid EncounterId, ReportKind Kind, long Began, long Accepted, long Notified, long Ended, int Reads,
    IReadOnlyDictionary<string, int> Timeline)
{
    public bool HasEnded => Ended != 0;

    /// <summary>From the report to its receipt.</summary>
    public TimeSpan Accept => Stopwatch.GetElapsedTime(Began, Accepted);

    /// <summary>From the report to the county's webhook.</summary>
    public TimeSpan ReportToCounty => Stopwatch.GetElapsedTime(Began, Notified);

    /// <summary>From the report to the end.</summary>
    public TimeSpan Whole => Stopwatch.GetElapsedTime(Began, Ended);
}
