namespace SafeHarbor.Contracts.Codes;

/// <summary>What a rule of the state's law register is.</summary>
public static class RuleKinds
{
    /// <summary>Enacted law.</summary>
    public const string Statute = "STATUTE";
    /// <summary>A regulation or a rule of court.</summary>
    public const string Regulation = "REGULATION";
    /// <summary>What agencies have agreed among themselves.</summary>
    public const string Protocol = "PROTOCOL";
    /// <summary>Ours: no law says so.</summary>
    public const string ProductDefault = "PRODUCT_DEFAULT";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(RuleKinds));
}
