using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.Local;

namespace SafeHarbor.CountyRouting.Tests.Packs;

public class ProtocolPackTests
{
    private static readonly CountyMap Map = Maps.California;
    private static ProtocolPack Good => Maps.SamplePacks.Single(pack => pack.CountyFips.Text == "06037");
    private static PackAgency Attorney => new() { Role = Role.DistrictAttorney, Organization = Organization.Parse("da:06037"), Name = "District Attorney" };
    private static ProtocolPack Agencies(params PackAgency[] agencies) => Good with { Agencies = agencies };
    private static ResponseLimit Clock => Good.Clocks[0];

    [Fact]
    public void The_samples_are_five_counties_without_problems_and_with_fictional_numbers()
    {
        Maps.SamplePacks.Select(pack => pack.CountyFips.Text).ShouldBe(["06003", "06019", "06037", "06059", "06067"]);
        foreach (var pack in Maps.SamplePacks)
        {
            pack.Problems(Map).ShouldBeEmpty();
            pack.Hotline!.Phone.ShouldContain("-555-01");
            pack.Hotline.Source.ShouldContain("fictional");
            pack.Clocks.ShouldContain(clock => clock.Level == ResponseLevels.TenDays);
        }
    }

    [Fact]
    public void Every_county_has_a_default_without_problems_that_ends_at_the_state()
    {
        foreach (var county in Map.Counties)
        {
            var pack = PackFiles.DefaultsOf(Map)[county.Fips];
            pack.Problems(Map).ShouldBeEmpty(county.Name);
            pack.Clocks.Select(clock => (clock.Start, clock.WithinMinutes, clock.WithinDays)).ShouldBe([("IMMEDIATE_DETERMINED", 1440, null), ("TEN_DAYS_DETERMINED", null, 10)], "no county owes 24 hours for every report");
            (pack.Version, pack.AcknowledgeWithinMinutes, pack.Hotline).ShouldBe((0, 15, null));
            pack.Escalation.Rungs.ShouldBe([new Rung(0, county.Organization), new Rung(15, Organization.Parse("state:ca"))]);
        }
    }

    [Fact]
    public void A_clock_that_comes_with_the_state_gives_no_more_time_than_the_rule_that_it_names()
    {
        var now = DateTimeOffset.Parse("2026-12-04T15:10-08:00", null);
        var named = Maps.SamplePacks.Append(PackFiles.DefaultsOf(Map)[Map.Counties[0].Fips]).SelectMany(pack => pack.Clocks)
            .Select(clock => (Due: clock.DueFrom(now, Map.State), Rule: Map.State.Law.Find(clock.Law)!.DueAt(now, Map.State))).Where(clock => clock.Rule is not null).ToList();

        named.Count.ShouldBeGreaterThan(6, "otherwise nothing is looked at");
        named.ShouldAllBe(clock => clock.Due <= clock.Rule);
    }

    [Fact]
    public void What_was_ever_published_as_a_sample_can_be_published()
    {
        foreach (var sample in Directory.EnumerateFiles(Path.Combine(Checkout.Find().Root, "docs", "schemas", "samples", "pack.v1")))
            PackFiles.Problems(File.ReadAllText(sample), Map).ShouldBeEmpty(sample);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_file_is_said_at_once_with_its_place_and_what_to_do() => PackFiles.Problems("""
        countyFips: 06037
        name: Los Angeles
        hotlin:
          phone: 213-555-0137
        acknowledgeWithinMinutes: soon
        acceptWithinMinutes: 0
        escalation:
          rungs:
            - { afterMinutes: 0, organization: the desk }
        clocks:
          - { rule: IN_PERSON, law: a-friends-advice, start: TEN_DAYS_DETERMINED, withinMinutes: 10 }
        """, Map).ShouldBe(
    [
        "line 3, column 1: /hotlin: Is not known here. Did you mean `hotline`?",
        "line 5, column 1: /acknowledgeWithinMinutes: Cannot be read. Give a whole number, without quotation marks.",
        "line 6, column 1: /acceptWithinMinutes: Give 1 to 1440 minutes.",
        $"line 9, column 26: /escalation/rungs/0/organization: Cannot be read. {Organization.Form}",
        "line 11, column 24: /clocks/0/law: The state's law register has no rule with this id; ./safeharbor law lists them.",
    ]);

    [Theory]
    [InlineData("hotline: [1", "line 2, ")]
    [InlineData("a: [1\nb: 2", "bracket or a quotation mark")]
    [InlineData("name: a\nname: b", "line 2, ")]
    [InlineData("name: &a [1]\nclocks: *a", "Refers to another part of the file.")]
    [InlineData("", "Write one.")]
    [InlineData("- a", "Give a JSON object")]
    public void A_file_that_cannot_be_read_is_told_where_and_why(string text, string said) => PackFiles.Problems(text, Map)[0].ShouldContain(said);

    [Theory]
    [InlineData(1, 0, "county:06037")]
    [InlineData(2, 10, "state:ca")]
    [InlineData(3, 20, "state:ca")]
    [InlineData(6, 50, "state:ca")]
    public void The_ladder_never_ends(int step, int afterMinutes, string organization) =>
        Good.Escalation.Step(step).ShouldBe(new Rung(afterMinutes, Organization.Parse(organization)));

    [Fact]
    public void There_is_no_step_before_the_first() => Should.Throw<ArgumentOutOfRangeException>(() => Good.Escalation.Step(0));

    public static TheoryData<string, ProtocolPack> Wrong => new()
    {
        { "/countyFips", Good with { CountyFips = CountyFips.Parse("06002") } },
        { "/name", Good with { Name = "Orange" } },
        { "/acknowledgeWithinMinutes", Good with { AcknowledgeWithinMinutes = 0 } },
        { "/acceptWithinMinutes", Good with { AcceptWithinMinutes = 1441 } },
        { "/acceptanceEscalation/rungs", Good with { AcceptanceEscalation = new() } },
        { "/retentionDays", Good with { RetentionDays = 364 } },
        { "/retentionDays", Good with { RetentionDays = 36_501 } },
        { "/hotline/phone", Good with { Hotline = Good.Hotline! with { Phone = "ask the desk" } } },
        { "/hotline/source", Good with { Hotline = Good.Hotline! with { Source = " " } } },
        { "/hotline/verifiedBy", Good with { Hotline = Good.Hotline! with { VerifiedBy = null! } } },
        { "/hotline/verifiedAt", Good with { Hotline = Good.Hotline! with { VerifiedAt = default } } },
        { "/escalation/rungs", Good with { Escalation = null! } },
        { "/escalation/rungs", Good with { Escalation = new() } },
        { "/escalation/repeatLastEveryMinutes", Good with { Escalation = Good.Escalation with { RepeatLastEveryMinutes = 0 } } },
        { "/escalation/rungs/0/afterMinutes", Good with { Escalation = new() { Rungs = [new(-1, Organization.Parse("state:ca"))] } } },
        { "/escalation/rungs/1/afterMinutes", Good with { Escalation = new() { Rungs = [new(5, Organization.Parse("county:06037")), new(5, Organization.Parse("state:ca"))] } } },
        { "/clocks/0/rule", Good with { Clocks = [Clock with { Rule = "respond soon" }] } },
        { "/clocks/1/rule", Good with { Clocks = [Clock, Clock with { Start = ClockStarts.OfficerCalled }] } },
        { "/clocks/0/law", Good with { Clocks = [Clock with { Law = "" }] } },
        { "/clocks/0/start", Good with { Clocks = [Clock with { Start = "HANDOFF_OPENED" }] } },
        { "/clocks/0/start", Good with { Clocks = [Clock with { Start = "EVALUATED_OUT_DETERMINED" }] } },
        { "/clocks/0/start", Good with { Clocks = [Clock with { Start = "soon_DETERMINED" }] } },
        { "/clocks/1/start", Good with { Clocks = [Clock, Clock with { Rule = "ANOTHER" }] } },
        { "/clocks/0/withinMinutes", Good with { Clocks = [Clock with { WithinDays = 1 }] } },
        { "/clocks/0/withinMinutes", Good with { Clocks = [Clock with { WithinMinutes = null, WithinDays = 61 }] } },
        { "/clocks/0/withinMinutes", Good with { Clocks = [Clock with { WithinMinutes = 0 }] } },
        { "/escalation/rungs/0/organization", Good with { Escalation = new() { Rungs = [new(0, Organization.Parse("state:nv"))] } } },
        { "/agencies/0/role", Agencies(Attorney with { Role = Role.Courtesy }) },
        { "/agencies/0/role", Agencies([null!]) },
        { "/agencies/1/role", Agencies(Attorney, Attorney with { Name = "Another" }) },
        { "/agencies/0/organization", Agencies(Attorney with { Organization = null! }) },
        { "/agencies/0/organization", Agencies(Attorney with { Organization = Organization.Parse("da:06059") }) },
        { "/agencies/0/organization", Agencies(Attorney with { Organization = Organization.Parse("attorney:06037") }) },
        { "/agencies/0/organization", Agencies(Attorney with { Role = Role.Licensing, Organization = Organization.Parse("licensing:nv") }) },
        { "/agencies/0/name", Agencies(Attorney with { Name = " " }) },
        { "/agencies/0/acknowledgeWithinMinutes", Agencies(Attorney with { AcknowledgeWithinMinutes = 0 }) },
        { "/agencies/0/hotline/phone", Agencies(Attorney with { Hotline = Good.Hotline! with { Phone = "ask" } }) },
        { "/agencies/0/escalation/rungs", Agencies(Attorney with { Escalation = new() }) },
        { "/bands/onLineMeters", Good with { Bands = new Bands(OnLineMeters: 100) } },
        { "/bands/nearLineMeters", Good with { Bands = new Bands(NearLineMeters: 300) } },
        { "/bands/vagueMeters", Good with { Bands = new Bands(VagueMeters: 1_000) } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_named_with_its_place_and_what_to_do(string member, ProtocolPack pack)
    {
        var problem = pack.Problems(Map).ShouldHaveSingleItem();
        problem.JsonPointer.ShouldBe(member);
        problem.Detail.ShouldEndWith(".");
    }

    [Fact]
    public void Several_tribes_take_part_and_every_kind_in_its_role()
    {
        (Role Role, string Organization)[] listed =
        [
            (Role.DistrictAttorney, "da:06037"), (Role.LawEnforcement, "le:CA0190000"), (Role.Licensing, "licensing:ca"), (Role.Tribe, "tribe:yurok"), (Role.Tribe, "tribe:pomo"),
            (Role.ChildAttorney, "attorney:06037"), (Role.MissingChild, "le:CA0190000"),
        ];

        Agencies([.. listed.Select(one => new PackAgency { Role = one.Role, Organization = Organization.Parse(one.Organization), Name = one.Organization })]).Problems(Map).ShouldBeEmpty();
    }

    [Fact]
    public void Null_members_are_problems_and_never_exceptions() =>
        (Good with { CountyFips = null!, Name = null!, Clocks = null!, Agencies = null!, Escalation = new() { Rungs = [null!] } }).Problems(Map)
            .Select(problem => problem.JsonPointer).ShouldBe(["/countyFips", "/escalation/rungs/0/organization", "/escalation/rungs/0/afterMinutes"]);
}
