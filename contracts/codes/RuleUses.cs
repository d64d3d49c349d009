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
    /// <summary>Why the responding county may read.</summary>
    public const string ResponderGrant = "grant.RESPONDER";
    /// <summary>Why the county of the dependency case may read.</summary>
    public const string DependencyGrant = "grant.DEPENDENCY";
    /// <summary>Why the county where the child lives may read, once it has accepted.</summary>
    public const string ResidenceGrant = "grant.RESIDENCE";
    /// <summary>Why a county across the line may read, once it has accepted.</summary>
    public const string CourtesyGrant = "grant.COURTESY";
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

    /// <summary>Why a recipient in a role may read it.</summary>
    public static string OfGrant(Role role) => $"grant.{role.Text()}";
}
