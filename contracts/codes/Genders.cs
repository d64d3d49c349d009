namespace SafeHarbor.Contracts.Codes;

/// <summary>A child's gender as the officer was told; <c>unknown</c> is a value.</summary>
public static class Genders
{
    /// <summary>A girl.</summary>
    public const string Female = "female";
    /// <summary>A boy.</summary>
    public const string Male = "male";
    /// <summary>Neither, or both.</summary>
    public const string Nonbinary = "nonbinary";
    /// <summary>Not known to the officer.</summary>
    public const string Unknown = "unknown";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(Genders));
}
