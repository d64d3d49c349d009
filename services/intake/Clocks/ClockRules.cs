using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Clocks;

/// <summary>What limits the time for something.</summary>
/// <param name="Name">The clock's code.</param>
/// <param name="LimitedBy">The rule that its limit is from, by its id in the law register.</param>
/// <param name="Limit">The limit.</param>
public sealed record ClockRule(string Name, string LimitedBy, TimeSpan Limit);

/// <summary>
/// The clocks of a reporting officer, as the state's law register has them. Other limits can be set: <c>Clocks:TelephoneReport</c>, <c>Clocks:WrittenReport</c>.
/// Such a limit is no law's, and says so.
/// </summary>
public sealed class ClockRules(IConfiguration configuration, LawRegister law)
{
    /// <summary>The call is due at once; the limit is how long a record of it may be missing before somebody is told.</summary>
    public ClockRule TelephoneReport { get; } = Of(ReportClocks.Telephone, RuleUses.TelephoneReportLimit, configuration.GetValue<TimeSpan?>("Clocks:TelephoneReport"), law);

    /// <summary>From receiving the information concerning the incident.</summary>
    public ClockRule WrittenReport { get; } = Of(ReportClocks.Written, RuleUses.WrittenReportLimit, configuration.GetValue<TimeSpan?>("Clocks:WrittenReport"), law);

    private static ClockRule Of(string name, string use, TimeSpan? set, LawRegister law)
    {
        var rule = law.Limit(use);
        return set is { } limit && limit != rule.Within ? new(name, law.IdsFor(RuleUses.LimitSetHere), limit) : new(name, rule.Id, rule.Within!.Value);
    }
}
