namespace SafeHarbor.Contracts.Codes;

/// <summary>How far a rule of the state's law register may be relied on.</summary>
public static class RuleStatuses
{
    /// <summary>Somebody has read a current text of it.</summary>
    public const string InForce = "IN_FORCE";
    /// <summary>Nobody has, or only an older or second-hand one: it must be checked before it is relied on.</summary>
    public const string ToBeChecked = "TO_BE_CHECKED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(RuleStatuses));
}
