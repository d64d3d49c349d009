namespace SafeHarbor.Contracts.Codes;

/// <summary>Why somebody cannot wait for a grant. Codes: a text could hold personal data, and the reviewer asks anyhow.</summary>
public static class EmergencyReasons
{
    /// <summary>The child is in danger.</summary>
    public const string ChildInDanger = "CHILD_IN_DANGER";
    /// <summary>The child is missing.</summary>
    public const string ChildMissing = "CHILD_MISSING";
    /// <summary>The child is here now.</summary>
    public const string ChildPresent = "CHILD_PRESENT";
    /// <summary>The responding county does not answer.</summary>
    public const string CountyUnreachable = "COUNTY_UNREACHABLE";
    /// <summary>A court has ordered it.</summary>
    public const string CourtOrder = "COURT_ORDER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(EmergencyReasons));
}
