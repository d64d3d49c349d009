namespace SafeHarbor.Contracts.Codes;

/// <summary>Grounds on which an officer may take a child into temporary custody without a warrant (WIC 305).</summary>
public static class CustodyGrounds
{
    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "IMMEDIATE_MEDICAL_NEED", "IMMEDIATE_DANGER", "UNSAFE_ENVIRONMENT", "LEFT_UNATTENDED", "HOSPITALIZED", "LEFT_PLACEMENT", "FOUND_SICK_OR_INJURED",
    ];
}
