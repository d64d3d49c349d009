namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// What an agency's identifier (ORI) says of its county: <c>CA</c>, the county's number in the alphabet (001 to 058), four
/// characters for the agency. The agency's county is not the child's: a hint for the desk, never a decision.
/// </summary>
public static class ReportingAgency
{
    // The Bay Area's railway police work in five counties and are filed under one.
    private static readonly string[] WorkingInManyCounties = ["CA0012100"];

    /// <summary>The agency's county; null when the ORI does not tell, as for the Highway Patrol (agency 99 of any county).</summary>
    public static County? CountyOf(string? ori, CountyMap map)
    {
        var text = ori?.Trim().ToUpperInvariant() ?? "";
        if (text.Length != 9 || !text.StartsWith("CA", StringComparison.Ordinal)) return null;
        if (text[5..7] == "99" || WorkingInManyCounties.Contains(text)) return null;
        return int.TryParse(text[2..5], System.Globalization.NumberStyles.None, null, out var number) ? map.Find($"06{number * 2 - 1:000}") : null;
    }
}
