namespace SafeHarbor.Contracts.Codes;

/// <summary>What of the system rests on rules. The state's law register says on which: no rule of a state stands in code.</summary>
public static class RuleUses
{
    /// <summary>Why an officer owes the telephone report.</summary>
    public const string TelephoneReport = "clock.TELEPHONE_REPORT";
    /// <summary>Why an officer owes the written report.</summary>
    public const string WrittenReport = "clock.WRITTEN_REPORT";
    /// <summary>How long a record of the telephone report may be missing.</summary>
    public const string TelephoneReportLimit = "limit.TELEPHONE_REPORT";
    /// <summary>Until when the written report is due.</summary>
    public const string WrittenReportLimit = "limit.WRITTEN_REPORT";
    /// <summary>How long a number that somebody has checked counts as checked.</summary>
    public const string HotlineCheckLimit = "limit.HOTLINE_CHECK";
    /// <summary>A limit that whoever runs the installation has set.</summary>
    public const string LimitSetHere = "limit.SET_HERE";
    /// <summary>Why the responding county responds.</summary>
    public const string ResponderRole = "role.RESPONDER";
    /// <summary>Why the county of the child's dependency case is told.</summary>
    public const string DependencyRole = "role.DEPENDENCY";
    /// <summary>Why the county where the child lives is told.</summary>
    public const string ResidenceRole = "role.RESIDENCE";
    /// <summary>Why a county across the line is told.</summary>
    public const string CourtesyRole = "role.COURTESY";
    /// <summary>Why a report may be referred on, and what follows.</summary>
    public const string Referral = "referral";
    /// <summary>Why the county where the child lives is told that another responds later.</summary>
    public const string Downgrade = "downgrade";
    /// <summary>Why the district attorney is told.</summary>
    public const string DistrictAttorneyRole = "role.DISTRICT_ATTORNEY";
    /// <summary>Why the law-enforcement agency with jurisdiction is told.</summary>
    public const string LawEnforcementRole = "role.LAW_ENFORCEMENT";
    /// <summary>Why the licensing office is told.</summary>
    public const string LicensingRole = "role.LICENSING";
    /// <summary>Why the child's tribe is told.</summary>
    public const string TribeRole = "role.TRIBE";
    /// <summary>Why the child's attorney is told.</summary>
    public const string ChildAttorneyRole = "role.CHILD_ATTORNEY";
    /// <summary>Why the agency that has the case of a missing child is told.</summary>
    public const string MissingChildRole = "role.MISSING_CHILD";
    /// <summary>Until when a human at the district attorney's is to have seen it.</summary>
    public const string DistrictAttorneyLimit = "limit.DISTRICT_ATTORNEY";
    /// <summary>Until when a human at the law-enforcement agency with jurisdiction is to have seen it.</summary>
    public const string LawEnforcementLimit = "limit.LAW_ENFORCEMENT";
    /// <summary>Until when a human at the licensing office is to have seen it.</summary>
    public const string LicensingLimit = "limit.LICENSING";
    /// <summary>Until when a human at the tribe is to have seen it.</summary>
    public const string TribeLimit = "limit.TRIBE";
    /// <summary>Until when the child's attorney is to have seen it.</summary>
    public const string ChildAttorneyLimit = "limit.CHILD_ATTORNEY";
    /// <summary>Until when a human at the agency that has the case of a missing child is to have seen it.</summary>
    public const string MissingChildLimit = "limit.MISSING_CHILD";
    /// <summary>On which grounds an officer may take a child into custody.</summary>
    public const string Custody = "custody";
    /// <summary>What an agency owes itself for a child that was reported missing.</summary>
    public const string MissingChildDuty = "duty.MISSING_CHILD";
    /// <summary>Why the responding county may read.</summary>
    public const string ResponderGrant = "grant.RESPONDER";
    /// <summary>Why the county of the dependency case may read.</summary>
    public const string DependencyGrant = "grant.DEPENDENCY";
    /// <summary>Why the county where the child lives may read, once it has accepted.</summary>
    public const string ResidenceGrant = "grant.RESIDENCE";
    /// <summary>Why a county across the line may read, once it has accepted.</summary>
    public const string CourtesyGrant = "grant.COURTESY";
    /// <summary>Why the district attorney may read, once it has accepted.</summary>
    public const string DistrictAttorneyGrant = "grant.DISTRICT_ATTORNEY";
    /// <summary>Why the law-enforcement agency with jurisdiction may read, once it has accepted.</summary>
    public const string LawEnforcementGrant = "grant.LAW_ENFORCEMENT";
    /// <summary>Why the licensing office may read, once it has accepted.</summary>
    public const string LicensingGrant = "grant.LICENSING";
    /// <summary>Why the child's tribe may read, once it has accepted.</summary>
    public const string TribeGrant = "grant.TRIBE";
    /// <summary>Why the child's attorney may read, once it has accepted.</summary>
    public const string ChildAttorneyGrant = "grant.CHILD_ATTORNEY";
    /// <summary>Why the agency that has the case of a missing child may read, once it has accepted.</summary>
    public const string MissingChildGrant = "grant.MISSING_CHILD";
    /// <summary>Why a provider may read what it has accepted.</summary>
    public const string ProviderGrant = "grant.PROVIDER";
    /// <summary>Why the statewide desk may read what it decides by.</summary>
    public const string DeskGrant = "grant.DESK";
    /// <summary>Why somebody without a grant may break the glass.</summary>
    public const string EmergencyGrant = "grant.EMERGENCY";
    /// <summary>How long a provider that accepted has for first contact.</summary>
    public const string FirstContact = "reminder.FIRST_CONTACT";
    /// <summary>How often a county is told of an unfilled need.</summary>
    public const string UnfilledNeed = "reminder.UNFILLED_NEED";
    /// <summary>How long details are kept.</summary>
    public const string Retention = "retention";

    /// <summary>Every use; a register names the rules of each.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(RuleUses));

    /// <summary>Why what a clock limits is owed; by the clock's code.</summary>
    public static string OfClock(string clock) => $"clock.{clock}";

    /// <summary>Why a recipient in a role gets a report.</summary>
    public static string OfRole(Role role) => $"role.{role.Text()}";

    /// <summary>Until when a human there is to have seen it; of a role that is no county's.</summary>
    public static string OfLimit(Role role) => $"limit.{role.Text()}";

    /// <summary>Why a recipient in a role may read it. Where the register says that this rests on nothing, it may not.</summary>
    public static string OfGrant(Role role) => $"grant.{role.Text()}";

    /// <summary>Whether a use may rest on nothing: what a recipient that is no county may read.</summary>
    public static bool MayRestOnNothing(string use) => Enum.GetValues<Role>().Any(role => !role.IsCountyRole() && OfGrant(role) == use);
}
