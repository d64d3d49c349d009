namespace SafeHarbor.Contracts.Codes;

/// <summary>Grounds on which an officer may take a child into temporary custody without a warrant (WIC 305).</summary>
public static class CustodyGrounds
{
    /// <summary>The child needs medical care at once.</summary>
    public const string ImmediateMedicalNeed = "IMMEDIATE_MEDICAL_NEED";
    /// <summary>The child is in immediate danger of abuse.</summary>
    public const string ImmediateDanger = "IMMEDIATE_DANGER";
    /// <summary>Where the child is threatens its health or safety.</summary>
    public const string UnsafeEnvironment = "UNSAFE_ENVIRONMENT";
    /// <summary>The child was left without anybody to look after it, which threatens its health or safety.</summary>
    public const string LeftUnattended = "LEFT_UNATTENDED";
    /// <summary>The child is in a hospital, and giving it back to a parent would endanger it.</summary>
    public const string Hospitalized = "HOSPITALIZED";
    /// <summary>A child in the care of the juvenile court has left where it was placed.</summary>
    public const string LeftPlacement = "LEFT_PLACEMENT";
    /// <summary>The child was found in a public place sick or injured, and needs care.</summary>
    public const string FoundSickOrInjured = "FOUND_SICK_OR_INJURED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(CustodyGrounds));
}
