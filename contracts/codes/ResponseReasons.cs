namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a county does not respond in person, or not as soon as it had determined. The codes are ours.</summary>
public static class ResponseReasons
{
    /// <summary>The person is of age.</summary>
    public const string OfAge = "OF_AGE";
    /// <summary>What is reported does not meet the state's criteria for a response in person.</summary>
    public const string CriteriaNotMet = "CRITERIA_NOT_MET";
    /// <summary>The worker of an open case of the child responds.</summary>
    public const string OpenCaseResponds = "OPEN_CASE_RESPONDS";
    /// <summary>The county responds to another report of the same events.</summary>
    public const string AlreadyReported = "ALREADY_REPORTED";
    /// <summary>The child is known to be safe where it is.</summary>
    public const string ChildIsSafe = "CHILD_IS_SAFE";
    /// <summary>More is known by now than when the report came.</summary>
    public const string MoreIsKnown = "MORE_IS_KNOWN";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(ResponseReasons));
}
