namespace SafeHarbor.Contracts.Codes;

/// <summary>How far a rule of the state's law register may be relied on.</summary>
public static class RuleStatuses
{
    /// <summary>Somebody has read it, and nothing known says that it has changed since.</summary>
    public const string InForce = "IN_FORCE";
    /// <summary>Only a bill, an analysis, a guide or an earlier text was read, or nothing: it must be checked before it is relied on.</summary>
    public const string ToBeChecked = "TO_BE_CHECKED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(RuleStatuses));
}
