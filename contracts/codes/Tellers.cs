namespace SafeHarbor.Contracts.Codes;

/// <summary>Who says where a child is, by the kind alone: a provider's name would tell which shelter it is.</summary>
public static class Tellers
{
    /// <summary>The agency that reported.</summary>
    public const string Agency = "AGENCY";
    /// <summary>A county that may read the report.</summary>
    public const string County = "COUNTY";
    /// <summary>A provider that has accepted.</summary>
    public const string Provider = "PROVIDER";

    /// <summary>That of an organization; null for one of another kind, which does not tell.</summary>
    public static string? Of(Organization organization) => organization.Kind switch
    {
        Organization.LawEnforcement => Agency,
        Organization.County => County,
        Organization.Provider => Provider,
        _ => null,
    };
}
