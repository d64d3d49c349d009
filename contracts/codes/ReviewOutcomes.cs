namespace SafeHarbor.Contracts.Codes;

/// <summary>What the review of an emergency access comes to.</summary>
public static class ReviewOutcomes
{
    /// <summary>There was reason for it.</summary>
    public const string Justified = "JUSTIFIED";
    /// <summary>There was none: the access ends with the review.</summary>
    public const string NotJustified = "NOT_JUSTIFIED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(ReviewOutcomes));
}
