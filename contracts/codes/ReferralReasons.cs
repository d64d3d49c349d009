namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a report is referred on to another county. The codes are ours.</summary>
public static class ReferralReasons
{
    /// <summary>The child is there.</summary>
    public const string ChildIsThere = "CHILD_IS_THERE";
    /// <summary>The child lives there.</summary>
    public const string LivesThere = "LIVES_THERE";
    /// <summary>The child has an open case there.</summary>
    public const string CaseIsThere = "CASE_IS_THERE";
    /// <summary>It is another's for another reason, for example by what the counties have agreed.</summary>
    public const string OtherJurisdiction = "OTHER_JURISDICTION";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(ReferralReasons));
}
