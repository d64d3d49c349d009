namespace SafeHarbor.Contracts.Codes;

/// <summary>How fast someone must act; the only thing a notice says about a case besides ids and a due time.</summary>
public static class Urgencies
{
    /// <summary>The child is in danger or in custody now.</summary>
    public const string Immediate = "IMMEDIATE";
    /// <summary>Everything else; still a child in need of protection.</summary>
    public const string Prompt = "PROMPT";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Immediate, Prompt];
}
