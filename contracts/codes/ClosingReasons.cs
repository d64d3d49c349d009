namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a county closes a report that it has accepted. The codes are ours.</summary>
public static class ClosingReasons
{
    /// <summary>The county has opened a case of the child, and works on there.</summary>
    public const string CaseOpened = "CASE_OPENED";
    /// <summary>The county's investigation has ended, and nothing more is to be done.</summary>
    public const string InvestigationEnded = "INVESTIGATION_ENDED";
    /// <summary>The report was evaluated out.</summary>
    public const string EvaluatedOut = "EVALUATED_OUT";
    /// <summary>The child was looked for and not found.</summary>
    public const string ChildNotFound = "CHILD_NOT_FOUND";
    /// <summary>The agency has taken its report back, and the county has judged that nothing is to be done.</summary>
    public const string RetractedBySender = "RETRACTED_BY_SENDER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(ClosingReasons));
}
