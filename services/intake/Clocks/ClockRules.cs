using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Clocks;

/// <summary>What limits the time for something.</summary>
/// <param name="Name">The clock's code.</param>
/// <param name="LimitedBy">The rule that its limit is from, by its id in the law register.</param>
/// <param name="Limit">The limit.</param>
public sealed record ClockRule(string Name, string LimitedBy, TimeSpan Limit);

/// <summary>The clocks of a reporting officer. Their limits can be set: <c>Clocks:TelephoneReport</c>, <c>Clocks:WrittenReport</c>.</summary>
public sealed class ClockRules(IConfiguration configuration, LawRegister law)
{
    public const string Telephone = "TELEPHONE_REPORT";
    public const string Written = "WRITTEN_REPORT";

    private static readonly TimeSpan WrittenWithin = TimeSpan.FromHours(36);

    /// <summary>The law says "immediately"; the limit is ours: how long a record of the call may be missing before somebody is told.</summary>
    public ClockRule TelephoneReport { get; } =
        new(Telephone, law.IdsFor(RuleUses.TelephoneReportLimit), configuration.GetValue("Clocks:TelephoneReport", TimeSpan.FromMinutes(15)));

    /// <summary>36 hours from receiving the information concerning the incident; another limit is not the law's, and says so.</summary>
    public ClockRule WrittenReport { get; } = configuration.GetValue("Clocks:WrittenReport", WrittenWithin) is var limit && limit == WrittenWithin
        ? new(Written, law.IdsFor(RuleUses.WrittenReportLimit), limit)
        : new(Written, law.IdsFor(RuleUses.LimitSetHere), limit);
}
