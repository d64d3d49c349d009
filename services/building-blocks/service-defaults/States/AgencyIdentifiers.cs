using System.Globalization;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>
/// What an agency's identifier (ORI) says of its county: the state's two letters, three digits that count the state's counties by FIPS, four characters for the
/// agency.
/// </summary>
/// <param name="Prefix">The state's two letters.</param>
/// <param name="InManyCounties">Agencies that are filed under one county and work in many, as patterns in which <c>?</c> is any character.</param>
public sealed record AgencyIdentifiers(string Prefix, IReadOnlyList<string> InManyCounties)
{
    private const int Length = 9;

    /// <summary>The place of the agency's county in the state's list, from 1; null when the ORI does not tell.</summary>
    public int? CountyNumberOf(string? ori)
    {
        var text = ori?.Trim().ToUpperInvariant() ?? "";
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || InManyCounties.Any(pattern => Fits(text, pattern)))
            return null;
        return int.TryParse(text.AsSpan(2, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool Fits(string text, string pattern) => text.Length == pattern.Length && text.Zip(pattern).All(pair => pair.Second is '?' || pair.First == pair.Second);
}
