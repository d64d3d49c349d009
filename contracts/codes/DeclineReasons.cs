namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a provider declines an offer. Codes only: a provider never sends narrative back.</summary>
public static class DeclineReasons
{
    /// <summary>Every place is taken.</summary>
    public const string NoCapacity = "NO_CAPACITY";
    /// <summary>It does not take children of this age.</summary>
    public const string NotEligibleAge = "NOT_ELIGIBLE_AGE";
    /// <summary>It does not take children of this gender.</summary>
    public const string NotEligibleGender = "NOT_ELIGIBLE_GENDER";
    /// <summary>Nobody there speaks a language of the child.</summary>
    public const string LanguageUnavailable = "LANGUAGE_UNAVAILABLE";
    /// <summary>It does not come to where the child is.</summary>
    public const string OutOfArea = "OUT_OF_AREA";
    /// <summary>The child and somebody at the provider must not meet. It is never asked again for the need.</summary>
    public const string SafetyConflict = "SAFETY_CONFLICT";
    /// <summary>Its contract with the county does not cover it, or no more.</summary>
    public const string ContractLimit = "CONTRACT_LIMIT";
    /// <summary>None of the others. It is not said which.</summary>
    public const string Other = "OTHER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(DeclineReasons));
}
