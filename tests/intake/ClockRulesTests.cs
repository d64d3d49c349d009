using Microsoft.Extensions.Configuration;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>How long an officer has, and by which rule.</summary>
public sealed class ClockRulesTests
{
    private static ClockRules Rules(params (string Name, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Clocks:{setting.Name}", (string?)setting.Value))).Build(), TestStates.California.Law);

    [Fact]
    public void The_limits_are_those_of_the_states_register()
    {
        Rules().TelephoneReport.ShouldBe(new(ReportClocks.Telephone, "telephone-record", TimeSpan.FromMinutes(15)));
        Rules().WrittenReport.ShouldBe(new(ReportClocks.Written, TestStates.California.Law.IdsFor(RuleUses.WrittenReportLimit), TimeSpan.FromHours(36)));
    }

    [Fact]
    public void A_limit_that_was_set_is_no_laws_unless_it_is_the_same()
    {
        var rules = Rules(("TelephoneReport", "00:05:00"), ("WrittenReport", "1.12:00:00"));

        rules.TelephoneReport.ShouldBe(new(ReportClocks.Telephone, "limit-set-here", TimeSpan.FromMinutes(5)));
        rules.WrittenReport.LimitedBy.ShouldBe(Rules().WrittenReport.LimitedBy);
        Rules(("WrittenReport", "02:00:00")).WrittenReport.ShouldBe(new(ReportClocks.Written, "limit-set-here", TimeSpan.FromHours(2)));
    }
}
