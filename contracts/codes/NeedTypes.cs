namespace SafeHarbor.Contracts.Codes;

/// <summary>What a child may need from a provider.</summary>
public static class NeedTypes
{
    /// <summary>Somebody who stands by the child.</summary>
    public const string Advocate = "ADVOCATE";
    /// <summary>A safe place for tonight.</summary>
    public const string EmergencyShelter = "EMERGENCY_SHELTER";
    /// <summary>A place to live.</summary>
    public const string Placement = "PLACEMENT";
    /// <summary>A medical examination, which may also secure evidence.</summary>
    public const string MedicalExam = "MEDICAL_EXAM";
    /// <summary>Medical treatment.</summary>
    public const string Medical = "MEDICAL";
    /// <summary>Help for trauma and mental health.</summary>
    public const string MentalHealth = "MENTAL_HEALTH";
    /// <summary>Help with the use of substances.</summary>
    public const string SubstanceUse = "SUBSTANCE_USE";
    /// <summary>Legal help.</summary>
    public const string Legal = "LEGAL";
    /// <summary>Legal help with immigration.</summary>
    public const string ImmigrationLegal = "IMMIGRATION_LEGAL";
    /// <summary>A ride to where the child is safe.</summary>
    public const string Transport = "TRANSPORT";
    /// <summary>An interpreter.</summary>
    public const string Interpreter = "INTERPRETER";
    /// <summary>Clothes, food, hygiene.</summary>
    public const string BasicNeeds = "BASIC_NEEDS";
    /// <summary>Services of the child's tribe, or for children of tribes.</summary>
    public const string TribalServices = "TRIBAL_SERVICES";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(NeedTypes));

    /// <summary>Needs that do not wait for the county's acceptance: they are offered as soon as the county is known.</summary>
    public static readonly IReadOnlyList<string> Emergency = [Advocate, EmergencyShelter, MedicalExam, Transport, Interpreter];
}
