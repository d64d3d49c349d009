namespace SafeHarbor.Contracts.Codes;

/// <summary>What a supplement can say: names of facts, never what they are.</summary>
public static class SupplementFacts
{
    /// <summary>The child's name.</summary>
    public const string Name = "NAME";
    /// <summary>Another name that it goes by.</summary>
    public const string Alias = "ALIAS";
    /// <summary>Its date of birth.</summary>
    public const string DateOfBirth = "DATE_OF_BIRTH";
    /// <summary>Its age, as somebody judges it.</summary>
    public const string ApproximateAge = "APPROXIMATE_AGE";
    /// <summary>Its gender.</summary>
    public const string Gender = "GENDER";
    /// <summary>The languages that it speaks.</summary>
    public const string Languages = "LANGUAGES";
    /// <summary>The county where it lives.</summary>
    public const string ResidenceCounty = "RESIDENCE_COUNTY";
    /// <summary>The county with its dependency case.</summary>
    public const string DependencyCounty = "DEPENDENCY_COUNTY";
    /// <summary>Whether it has been reported missing.</summary>
    public const string Missing = "MISSING";
    /// <summary>Whether it lives in a home that is licensed to care for children.</summary>
    public const string LivesInLicensedHome = "LIVES_IN_LICENSED_HOME";
    /// <summary>Whether there is reason to know that it is an Indian child.</summary>
    public const string ReasonToKnowIndianChild = "REASON_TO_KNOW_INDIAN_CHILD";
    /// <summary>Its tribe.</summary>
    public const string Tribe = "TRIBE";
    /// <summary>Whether a guardian must not be contacted.</summary>
    public const string GuardianUnsafe = "GUARDIAN_UNSAFE";
    /// <summary>Allergies, medication, injuries.</summary>
    public const string MedicalAlerts = "MEDICAL_ALERTS";
    /// <summary>What else whoever meets it must know.</summary>
    public const string SafetyNotes = "SAFETY_NOTES";
    /// <summary>What the written report asks for besides.</summary>
    public const string Particulars = "PARTICULARS";
    /// <summary>Whether it is in danger now.</summary>
    public const string ImmediateDanger = "IMMEDIATE_DANGER";
    /// <summary>Where it is now.</summary>
    public const string PresentLocation = "PRESENT_LOCATION";
    /// <summary>An address or a city of that, where it can be met.</summary>
    public const string MeetingPoint = "MEETING_POINT";
    /// <summary>Its parents and guardians.</summary>
    public const string Guardians = "GUARDIANS";
    /// <summary>Who may have harmed it.</summary>
    public const string Suspects = "SUSPECTS";
    /// <summary>More of the officer's narrative.</summary>
    public const string Narrative = "NARRATIVE";
    /// <summary>The officer who adds it, and where that one is reached.</summary>
    public const string Officer = "OFFICER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(SupplementFacts));

    /// <summary>Those because of which others may have to know of the report.</summary>
    public static readonly IReadOnlyList<string> ForOthers = [ResidenceCounty, DependencyCounty, Missing, LivesInLicensedHome, ReasonToKnowIndianChild, Tribe];

    /// <summary>Those of which whoever meets the child reads, at <see cref="Tiers.Accepted"/>: a provider is told of no others.</summary>
    public static readonly IReadOnlyList<string> ForWhoeverMeetsTheChild = [Name, Alias, GuardianUnsafe, MedicalAlerts, MeetingPoint];
}
