namespace SafeHarbor.Contracts.Codes;

/// <summary>A child's gender as the officer was told; <c>unknown</c> is a value.</summary>
public static class Genders
{
    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = ["female", "male", "nonbinary", Unknown];
    /// <summary>Not known to the officer.</summary>
    public const string Unknown = "unknown";
}
