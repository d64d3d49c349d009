namespace SafeHarbor.Contracts.Codes;

/// <summary>Why an agency takes back a report that it made. The codes are ours.</summary>
public static class RetractionReasons
{
    /// <summary>What it says is another child's.</summary>
    public const string WrongChild = "WRONG_CHILD";
    /// <summary>The agency has reported the same in another report, which stays.</summary>
    public const string DuplicateOfOtherReport = "DUPLICATE_OF_OTHER_REPORT";
    /// <summary>Whom it is about was 18 or older on the day of the encounter.</summary>
    public const string NotAChild = "NOT_A_CHILD";
    /// <summary>It was not to be sent.</summary>
    public const string SentInError = "SENT_IN_ERROR";
    /// <summary>It was made up, for a test or a training: nobody was encountered.</summary>
    public const string TestData = "TEST_DATA";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(RetractionReasons));
}
