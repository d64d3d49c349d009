using System.Globalization;

namespace SafeHarbor.Intake.Encounters;

/// <summary>The header <c>Prefer</c> (RFC 7240).</summary>
public static class Preference
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a fuller answer: <c>wait=SECONDS</c>, at most 30; null when that is not preferred or cannot be read.</summary>
    public static TimeSpan? Wait(string? header) => (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries)
        .Where(preference => preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase))
        .Select(preference => int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? (TimeSpan?)TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds)) : null)
        .FirstOrDefault();
}
