namespace SafeHarbor.Intake.Encounters;

/// <summary>What a suspect is in the exploitation of a child.</summary>
public static class SuspectRoles
{
    /// <summary>Sells it, or profits from it.</summary>
    public const string Trafficker = "TRAFFICKER";
    /// <summary>Buys it.</summary>
    public const string Purchaser = "PURCHASER";
    /// <summary>The officer cannot tell.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Trafficker, Purchaser, Unknown];
}

/// <summary>What was done to a child.</summary>
public static class AbuseTypes
{
    /// <summary>Sexual abuse; commercial sexual exploitation is one.</summary>
    public const string Sexual = "SEXUAL";
    /// <summary>Physical abuse.</summary>
    public const string Physical = "PHYSICAL";
    /// <summary>Mental suffering.</summary>
    public const string Mental = "MENTAL";
    /// <summary>Neglect.</summary>
    public const string Neglect = "NEGLECT";
    /// <summary>Something else.</summary>
    public const string Other = "OTHER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Sexual, Physical, Mental, Neglect, Other];
}

/// <summary>Disabilities of a child.</summary>
public static class Disabilities
{
    /// <summary>A physical one.</summary>
    public const string Physical = "PHYSICAL";
    /// <summary>A developmental one.</summary>
    public const string Developmental = "DEVELOPMENTAL";
    /// <summary>Another one.</summary>
    public const string Other = "OTHER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Physical, Developmental, Other];
}

/// <summary>Where a child is cared for outside its home.</summary>
public static class CareTypes
{
    /// <summary>By day.</summary>
    public const string DayCare = "DAY_CARE";
    /// <summary>In a center for children.</summary>
    public const string ChildCareCenter = "CHILD_CARE_CENTER";
    /// <summary>With a foster family.</summary>
    public const string FosterFamily = "FOSTER_FAMILY";
    /// <summary>With a friend of the family.</summary>
    public const string FamilyFriend = "FAMILY_FRIEND";
    /// <summary>In a group home, a short-term residential therapeutic program or an institution.</summary>
    public const string GroupHome = "GROUP_HOME";
    /// <summary>With a relative.</summary>
    public const string Relative = "RELATIVE";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [DayCare, ChildCareCenter, FosterFamily, FamilyFriend, GroupHome, Relative];
}

/// <summary>How a child is, or was, commercially sexually exploited, as the county's case system counts it.</summary>
public static class ExploitationTypes
{
    /// <summary>It is at risk.</summary>
    public const string AtRisk = "AT_RISK";
    /// <summary>It was before it came into care.</summary>
    public const string BeforeCare = "BEFORE_CARE";
    /// <summary>It was while it was absent from where it was placed.</summary>
    public const string AbsentFromPlacement = "ABSENT_FROM_PLACEMENT";
    /// <summary>It was during an open case.</summary>
    public const string OpenCase = "OPEN_CASE";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [AtRisk, BeforeCare, AbsentFromPlacement, OpenCase];
}

/// <summary>Who is asked whether a child is an Indian child.</summary>
public static class InquiredOf
{
    /// <summary>The child.</summary>
    public const string Child = "CHILD";
    /// <summary>A parent or guardian.</summary>
    public const string Parent = "PARENT";
    /// <summary>Another relative.</summary>
    public const string Relative = "RELATIVE";
    /// <summary>Whoever told the officer of it.</summary>
    public const string Reporter = "REPORTER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Child, Parent, Relative, Reporter];
}

/// <summary>What the answer was.</summary>
public static class InquiryAnswers
{
    /// <summary>There is reason to believe so.</summary>
    public const string Yes = "YES";
    /// <summary>There is none.</summary>
    public const string No = "NO";
    /// <summary>They do not know.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Yes, No, Unknown];
}

/// <summary>How somebody was told of a right.</summary>
public static class NoticeWays
{
    /// <summary>By word of mouth.</summary>
    public const string Oral = "ORAL";
    /// <summary>In writing.</summary>
    public const string Written = "WRITTEN";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Oral, Written];
}

/// <summary>What can be named as unknown of a child.</summary>
public static class UnknownFacts
{
    /// <summary>Its name.</summary>
    public const string Name = "NAME";
    /// <summary>Its date of birth.</summary>
    public const string DateOfBirth = "DATE_OF_BIRTH";
    /// <summary>Where it lives.</summary>
    public const string Address = "ADDRESS";
    /// <summary>Its telephone number.</summary>
    public const string Phone = "PHONE";
    /// <summary>Its school.</summary>
    public const string School = "SCHOOL";
    /// <summary>Race and ethnicity.</summary>
    public const string Ethnicity = "ETHNICITY";
    /// <summary>The language at home.</summary>
    public const string HomeLanguage = "HOME_LANGUAGE";
    /// <summary>Its disabilities.</summary>
    public const string Disabilities = "DISABILITIES";
    /// <summary>Whether it is in foster care.</summary>
    public const string FosterCare = "FOSTER_CARE";
    /// <summary>Its parents and guardians.</summary>
    public const string Guardians = "GUARDIANS";
    /// <summary>Its brothers and sisters.</summary>
    public const string Siblings = "SIBLINGS";
    /// <summary>Who may have harmed it.</summary>
    public const string Suspects = "SUSPECTS";
    /// <summary>Whether it has been reported missing.</summary>
    public const string Missing = "MISSING";
    /// <summary>Whether it is an Indian child, and its tribe.</summary>
    public const string Tribe = "TRIBE";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [Name, DateOfBirth, Address, Phone, School, Ethnicity, HomeLanguage, Disabilities, FosterCare, Guardians, Siblings, Suspects, Missing, Tribe];
}
