using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The law register against everything that cites, names or shows a rule; each rule of it is held against something that breaks it.</summary>
public sealed class LawTests : IDisposable
{
    private static readonly LawRegister Register = LawRegister.Read(PathOf("states/ca/law.yaml"));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safeharbor-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_is_cited_is_registered()
    {
        var sources = Sources().ToList();

        sources.SelectMany(source => LawRules.CitationsIn(source.Text)).Distinct().Count().ShouldBeGreaterThan(15, "otherwise nothing is looked at");
        LawRules.UnregisteredCitations(sources, Register).ShouldBeEmpty("register it in states/ca/law.yaml, with a source that you have read");
    }

    [Theory]
    [InlineData("as PC 9999.1(z) wants"), InlineData("WIC 18961.9"), InlineData("CRC 5.670"), InlineData("Div. 31, 31-999"), InlineData("Division 31 says"), InlineData("AB 2020"), InlineData("the Penal Code")]
    public void A_citation_that_nobody_registered_would_be_found(string text) => LawRules.UnregisteredCitations([("a.md", text)], Register).ShouldHaveSingleItem();

    [Fact]
    public void What_is_registered_is_used() => LawRules.UnusedRules(Sources(), Register).ShouldBeEmpty("take it out, or say what rests on it");

    [Fact]
    public void An_entry_that_nobody_uses_would_be_found()
    {
        var unused = LawRules.UnusedRules([("a.md", "WIC 305, PC 11167(b)")], Register).ToList();

        unused.ShouldContain("pc-236-21");
        unused.ShouldNotContain("wic-305", "it is cited");
        unused.ShouldNotContain("pc-11166-k", "grants rest on it");
    }

    [Fact]
    public void What_a_pack_names_is_registered()
    {
        foreach (var state in Directory.GetDirectories(PathOf("states")))
            LawRules.UnknownRules(Directory.GetFiles(state, "*.yaml", SearchOption.AllDirectories).Select(file => (file, File.ReadAllText(file))),
                LawRegister.Read(Path.Combine(state, "law.yaml"))).ShouldBeEmpty();

        LawRules.UnknownRules([("default-pack.yaml", File.ReadAllText(PathOf("states/ca/default-pack.yaml")))], LawRegister.Read(PathOf("states/de/law.yaml")))
            .ShouldNotBeEmpty("one state's packs name no rule of another's");
    }

    [Fact]
    public void A_rule_that_a_pack_made_up_would_be_found() =>
        LawRules.UnknownRules([("pack.yaml", "{ law: div-31-115 }, { law: a-friends-advice }")], Register).ShouldBe(["pack.yaml: a-friends-advice"]);

    [Fact]
    public void Code_cites_in_comments_alone() => LawRules.CitationsInCode(Sources().Where(source => source.File.EndsWith(".cs", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void A_citation_in_code_would_be_found() =>
        LawRules.CitationsInCode([("a.cs", "/// By PC 11166(k).\nvar basis = \"PC 11166(k)\"; // PC 11166(k)")]).ShouldBe(["a.cs: var basis = \"PC 11166(k)\"; // PC 11166(k)"]);

    [Fact]
    public void Every_role_rests_on_rules_and_so_does_its_grant_but_who_is_no_county_may_have_none()
    {
        foreach (var role in Enum.GetValues<Role>())
            Register.For(RuleUses.OfRole(role)).ShouldNotBeEmpty(role.Text());
        Enum.GetValues<Role>().Where(role => Register.For(RuleUses.OfGrant(role)).Count == 0).ShouldBe([Role.Licensing, Role.Tribe, Role.MissingChild]);
    }

    [Fact]
    public void Every_role_that_is_no_countys_has_a_limit() =>
        Enum.GetValues<Role>().Where(role => !role.IsCountyRole()).ToDictionary(role => role.Text(), role => Register.Limit(RuleUses.OfLimit(role)).Within!.Value.TotalHours).ShouldBe(new Dictionary<string, double>
        {
            ["DISTRICT_ATTORNEY"] = 1,
            ["LAW_ENFORCEMENT"] = 1,
            ["LICENSING"] = 24,
            ["TRIBE"] = 1,
            ["CHILD_ATTORNEY"] = 36,
            ["MISSING_CHILD"] = 24,
        }, ignoreOrder: true);

    [Fact]
    public void A_persons_duty_and_an_agencys_are_kept_apart()
    {
        foreach (var (use, ids) in Register.Uses)
        {
            if (ids.Contains("pc-11166-a"))
                use.ShouldMatch("^(clock|limit)[.]");
            if (ids.Contains("pc-11166-k"))
                use.ShouldMatch("^(grant|role)[.]");
        }
    }

    [Theory]
    [InlineData("id: pc-11165-1", "id: PC 11165.1", "'PC 11165.1' is no id")]
    [InlineData("id: pc-11165-1", "id: canra", "canra is there twice")]
    [InlineData("kind: STATUTE", "kind: RUMOR", "kind is one of STATUTE, REGULATION, PROTOCOL, PRODUCT_DEFAULT")]
    [InlineData("status: IN_FORCE", "status: SOON", "status is one of IN_FORCE, TO_BE_CHECKED")]
    [InlineData("citation: PC 11165.1", "citation: SafeHarbor default", "pc-11165-1: 'SafeHarbor default' is the citation of every PRODUCT_DEFAULT and of nothing else")]
    [InlineData("source: https://e.casetext.com/", "source: a colleague/", "pc-11165-1: source is the address")]
    [InlineData("    source: http://jurris.com/california/penal-code/11164-11174.3/\n", "", "canra: source is the address")]
    [InlineData("readOn: 2026-11-29", "readOn: yesterday", "readOn is a day")]
    [InlineData("    readOn: 2026-11-29\n    status: IN_FORCE", "    status: IN_FORCE", "is IN_FORCE, but nobody has read it")]
    [InlineData("  retention: [retention-by-county,", "  retention: [whim,", "retention names whim, which is no rule")]
    [InlineData("  role.RESPONDER: [host-county, pc-11165-9]", "  role.RESPONDER: []", "role.RESPONDER rests on nothing")]
    [InlineData("  limit.SET_HERE: [limit-set-here]\n", "", "limit.SET_HERE is missing")]
    [InlineData("  limit.SET_HERE: [limit-set-here]", "  limit.SET_HERE: [limit-set-here, ab-452]", "limit.SET_HERE has one source")]
    [InlineData("    withinMinutes: 2160", "    withinMinutes: 0", "limit.WRITTEN_REPORT has one source, and that has withinMinutes")]
    [InlineData("    withinCourtHours: 48", "    withinCourtHours: 48\n    withinCourtDays: 2", "wic-313-a gives one time: withinMinutes, withinDays, withinCourtDays or withinCourtHours")]
    [InlineData("    withinCourtHours: 48", "    withinCourtHours: 0", "wic-313-a: its time is 1 minute or more, or 1 to 3660 days or hours")]
    [InlineData("    withinCourtDays: 1", "    withinCourtDays: 3661", "wic-315: its time is 1 minute or more")]
    [InlineData("    withinCourtDays: 1", "    withinDays: soon", "soon")]
    [InlineData("    withinCourtDays: 1", "    withinWeeks: 1", "withinWeeks")]
    [InlineData("  limit.WRITTEN_REPORT: [pc-11166-a]", "  limit.WRITTEN_REPORT: [wic-313-a]", "limit.WRITTEN_REPORT has one source, and that has withinMinutes")]
    [InlineData("  limit.SET_HERE: [limit-set-here]", "  limit.SET_HERE: [limit-set-here]\n  role.CZAR: [ab-452]", "nothing here is 'role.CZAR'")]
    [InlineData("kind: STATUTE", "kind: STATUTE\n    mood: strict", "mood")]
    public void What_is_wrong_in_a_register_keeps_a_service_from_starting_and_is_named(string right, string wrong, string told)
    {
        var text = File.ReadAllText(PathOf("states/ca/law.yaml"));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        var path = Path.Combine(_folder.FullName, "law.yaml");
        File.WriteAllText(path, text.Remove(at, right.Length).Insert(at, wrong));

        Should.Throw<StartRefusedException>(() => LawRegister.Read(path)).Message.ShouldContain(told);
    }

    private static string PathOf(string path) => Path.Combine(Repository.Root, path);

    // Tests cite what they please; docs/law.md and the register are what all the rest is held against.
    private static IEnumerable<(string File, string Text)> Sources() =>
        from file in Directory.EnumerateFiles(Repository.Root, "*.md").Concat(
            new[] { "contracts", "services", "deploy", "docs", "states" }.SelectMany(folder => Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories)))
        let path = Path.GetRelativePath(Repository.Root, file)
        where Path.GetExtension(file) is ".cs" or ".sql" or ".md" or ".json" or ".yaml"
            && !path.Split(Path.DirectorySeparatorChar).Intersect(["obj", "bin", "node_modules"]).Any() && path != "docs/law.md" && Path.GetFileName(path) is not ("law.yaml" or "packages.lock.json")
        select (path, File.ReadAllText(file));
}
