namespace SafeHarbor.Contracts.Codes;

/// <summary>What a child may need from a provider.</summary>
public static class NeedTypes
{
    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "ADVOCATE", "EMERGENCY_SHELTER", "PLACEMENT", "MEDICAL_EXAM", "MEDICAL", "MENTAL_HEALTH", "SUBSTANCE_USE", "LEGAL", "IMMIGRATION_LEGAL",
        "TRANSPORT", "INTERPRETER", "BASIC_NEEDS", "TRIBAL_SERVICES",
    ];

    /// <summary>Needs that do not wait for the county's acceptance: they are offered as soon as the county is known.</summary>
    public static readonly IReadOnlyList<string> Emergency = ["ADVOCATE", "EMERGENCY_SHELTER", "MEDICAL_EXAM", "TRANSPORT", "INTERPRETER"];
}
