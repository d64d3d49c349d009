namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a provider declines an offer. Codes only: a provider never sends narrative back.</summary>
public static class DeclineReasons
{
    /// <summary>The child and somebody at the provider must not meet. It is never asked again for the need.</summary>
    public const string SafetyConflict = "SAFETY_CONFLICT";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "NO_CAPACITY", "NOT_ELIGIBLE_AGE", "NOT_ELIGIBLE_GENDER", "LANGUAGE_UNAVAILABLE", "OUT_OF_AREA", SafetyConflict, "CONTRACT_LIMIT", "OTHER",
    ];
}
