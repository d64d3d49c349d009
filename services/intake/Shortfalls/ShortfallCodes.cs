namespace SafeHarbor.Intake.Shortfalls;

/// <summary>What an encounter, as it was reported, falls short of.</summary>
public static class ShortfallCodes
{
    /// <summary>No coordinates were given: the county follows from what else was said of the place, or a person decides.</summary>
    public const string NoCoordinates = "NO_COORDINATES";
    /// <summary>The coordinates are not in the state: a person decides which county responds.</summary>
    public const string NotInState = "NOT_IN_STATE";
    /// <summary>The coordinates are in the state and the county is likely only: a person decides which responds.</summary>
    public const string CountyUncertain = "COUNTY_UNCERTAIN";
    /// <summary>Another state or a country begins near the place: nobody there is told by this system. It is there until who responds has accepted.</summary>
    public const string NeighborNotTold = "NEIGHBOR_NOT_TOLD";
    /// <summary>No address was given: a provider will not be told where to meet the child.</summary>
    public const string NoMeetingPoint = "NO_MEETING_POINT";
    /// <summary>An instant cannot be right: it is kept as it was sent, and nothing is counted from it. It stays.</summary>
    public const string InstantImplausible = "INSTANT_IMPLAUSIBLE";
    /// <summary>The child is in protective custody, and no ground of it was given. It stays, as nothing here records it later.</summary>
    public const string CustodyWithoutGrounds = "CUSTODY_WITHOUT_GROUNDS";
    /// <summary>The telephone report is still owed.</summary>
    public const string TelephoneReportOwed = "TELEPHONE_REPORT_OWED";
    /// <summary>No provider can be asked to meet a need: nobody does it for the county, or nobody is left.</summary>
    public const string NeedWithoutProvider = "NEED_WITHOUT_PROVIDER";
    /// <summary>Somebody must know of the report whom nobody here reaches: the reporting agency tells them. It stays, as nothing here records that.</summary>
    public const string RecipientNotReached = "RECIPIENT_NOT_REACHED";
    /// <summary>The child was reported missing: what the reporting agency owes for that reaches nobody through this system. It stays, as nothing here records that.</summary>
    public const string MissingChildOwed = "MISSING_CHILD_OWED";
    /// <summary>Something was added because of which others may have to know: nobody is told because of it who was not told before. It stays, as nothing here records that.</summary>
    public const string AddedForOthers = "ADDED_FOR_OTHERS";
}
