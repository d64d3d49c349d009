namespace SafeHarbor.Contracts.Codes;

/// <summary>What a notice can be about.</summary>
public static class SubjectKinds
{
    /// <summary>A county handoff.</summary>
    public const string Handoff = "HANDOFF";
    /// <summary>An item of the statewide desk.</summary>
    public const string DeskItem = "DESK_ITEM";
    /// <summary>A county's node.</summary>
    public const string Node = "NODE";
    /// <summary>A county's drill.</summary>
    public const string Drill = "DRILL";
    /// <summary>A child's need.</summary>
    public const string Need = "NEED";
    /// <summary>An offer of a need to a provider.</summary>
    public const string Offer = "OFFER";
    /// <summary>A report.</summary>
    public const string Report = "REPORT";
    /// <summary>An emergency access to a report.</summary>
    public const string EmergencyAccess = "EMERGENCY_ACCESS";
    /// <summary>A finding of unusual reading.</summary>
    public const string UnusualReading = "UNUSUAL_READING";
}
