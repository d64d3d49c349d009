namespace SafeHarbor.Contracts.Codes;

/// <summary>What a recipient was determined by.</summary>
public static class Bases
{
    /// <summary>The report names the county and the location does not contradict it.</summary>
    public const string Explicit = "EXPLICIT";
    /// <summary>The coordinates of where the child is now.</summary>
    public const string PresentLocation = "PRESENT_LOCATION";
    /// <summary>The coordinates of where the child was found.</summary>
    public const string FoundLocation = "FOUND_LOCATION";
    /// <summary>Coordinates in no county, taken to the nearest shore.</summary>
    public const string NearestShore = "NEAREST_SHORE";
    /// <summary>The stated city and ZIP code: where both lead to one county alone, known; else a guess.</summary>
    public const string CityOrZip = "CITY_OR_ZIP";
    /// <summary>The agency that reports: a guess, which a person confirms or a county claims.</summary>
    public const string ReportingAgency = "REPORTING_AGENCY";
    /// <summary>The county that had the report has referred it on.</summary>
    public const string Referral = "REFERRAL";
    /// <summary>A county's pack, which lists it for its role.</summary>
    public const string Pack = "PACK";
    /// <summary>A person at the desk.</summary>
    public const string Desk = "DESK";
}
