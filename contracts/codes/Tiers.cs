namespace SafeHarbor.Contracts.Codes;

/// <summary>How much of a report an organization may read.</summary>
public static class Tiers
{
    /// <summary>A county, or who else the law register lets read it all: the whole report except the reporter's identity, which is a right of its own (PC 11167(d)).</summary>
    public const string County = "COUNTY";
    /// <summary>The statewide desk, to decide where a report belongs: the agency, its telephone, and the place as the officer stated it. Nothing of the child.</summary>
    public const string Desk = "DESK";
    /// <summary>A provider that has accepted: first name or alias, meeting point, medical alerts.</summary>
    public const string Accepted = "T1";
}
