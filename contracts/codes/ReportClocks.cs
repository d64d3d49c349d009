namespace SafeHarbor.Contracts.Codes;

/// <summary>The clocks of a reporting officer.</summary>
public static class ReportClocks
{
    /// <summary>The call to the county, which is due at once.</summary>
    public const string Telephone = "TELEPHONE_REPORT";
    /// <summary>The written report.</summary>
    public const string Written = "WRITTEN_REPORT";
}
