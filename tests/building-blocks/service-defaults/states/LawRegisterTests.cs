using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Clocks;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.States;

/// <summary>What services ask of a register; what it must be like is held by the architecture's LawTests.</summary>
public sealed class LawRegisterTests : IDisposable
{
    private static readonly State State = State.Read(Path.Combine(AppContext.BaseDirectory, "states", "ca"));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safeharbor-test-");

    private static LawRegister Law => State.Law;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_use_rests_on_rules_that_are_shown_by_kind_and_stored_by_id()
    {
        Law.For(RuleUses.ProviderGrant).ShouldBe([
            new("provider-contract", "PRODUCT_DEFAULT", "SafeHarbor default", "IN_FORCE"), new("wic-18961-7", "STATUTE", "WIC 18961.7", "TO_BE_CHECKED")]);
        Law.IdsFor(RuleUses.ProviderGrant).ShouldBe("provider-contract wic-18961-7");
        Law.Cite(Law.IdsFor(RuleUses.ProviderGrant)).ShouldBe(Law.For(RuleUses.ProviderGrant));
    }

    [Fact]
    public void What_a_register_does_not_know_is_left_out_and_nobody_fails_for_it()
    {
        Law.For("role.CZAR").ShouldBeEmpty();
        Law.IdsFor("grant.CZAR").ShouldBe("grant.CZAR", "it can still be read on the ledger");
        Law.Cite("wic-305 gone-since grant.CZAR").Select(rule => rule.RuleId).ShouldBe(["wic-305"]);
        Law.Find("gone-since").ShouldBeNull();
    }

    [Fact]
    public void A_limit_has_one_source_and_its_time()
    {
        (Law.Limit(RuleUses.WrittenReportLimit).Kind, Law.Limit(RuleUses.WrittenReportLimit).Within).ShouldBe(("STATUTE", TimeSpan.FromHours(36)));
        (Law.Limit(RuleUses.TelephoneReportLimit).Kind, Law.Limit(RuleUses.TelephoneReportLimit).Within).ShouldBe(("PRODUCT_DEFAULT", TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void A_rule_gives_its_time_by_the_wall_clock_or_in_days_or_hours_of_court_days()
    {
        Law.Find("pc-11166-3-a")!.Limit.ShouldBe(new(LimitUnit.Minutes, 36 * 60));
        Law.Find("wic-315")!.Limit.ShouldBe(new(LimitUnit.CourtDays, 1));
        (Law.Find("wic-313-a")!.Limit, Law.Find("wic-313-a")!.Within).ShouldBe((new(LimitUnit.CourtHours, 48), null), "which is no time by the wall clock");
    }

    [Fact]
    public void A_folder_without_a_register_is_told_so() =>
        Should.Throw<StartRefusedException>(() => LawRegister.Read(Path.Combine(_folder.FullName, "law.yaml"))).Message.ShouldContain("law.yaml cannot be read");
}
