using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Tests.Packs;

public class CountyDirectoryTests
{
    private static readonly County LosAngeles = Maps.California.Find(CountyFips.Parse("06037"))!;
    private static readonly ProtocolPack Good = Maps.SamplePacks.Single(p => p.CountyFips.Text == "06037");
    private readonly CountyDirectory _directory = new(Maps.California, new(false));

    [Fact]
    public void Until_it_is_loaded_it_knows_nothing_and_asks_to_be_tried_again()
    {
        _directory.IsLoaded.ShouldBeFalse();
        Should.Throw<TimeoutException>(() => _directory.PackOf(LosAngeles));

        _directory.Load([]);

        _directory.IsLoaded.ShouldBeTrue();
        _directory.PackOf(LosAngeles).Version.ShouldBe(0);
    }

    [Fact]
    public void In_a_sandbox_its_hotlines_reach_nobody()
    {
        var (sandbox, pack) = (new CountyDirectory(Maps.California, new(true)), Good with { Hotline = Good.Hotline! with { Phone = "800-540-4042" } });

        sandbox.Load([("06037", pack)]);
        _directory.Load([("06037", pack)]);

        (sandbox.PackOf(LosAngeles).Hotline!.Phone, _directory.PackOf(LosAngeles).Hotline!.Phone).ShouldBe(("800-555-0142", "800-540-4042"));
    }

    private static PackAgency Attorneys => new() { Role = Role.ChildAttorney, Organization = Organization.Parse("attorney:06037"), Name = "Attorneys", Hotline = Good.Hotline! with { Phone = "800-540-4042" } };

    [Fact]
    public void An_organization_that_is_no_county_is_reached_as_its_county_says_and_else_in_the_time_that_the_law_register_gives()
    {
        var (attorneys, county) = (Attorneys.Organization, LosAngeles.Organization);
        _directory.Load([("06037", Good with { Agencies = [Attorneys] })]);
        _directory.PackFor(attorneys, county).ShouldSatisfyAllConditions(p => p.AcknowledgeWithinMinutes.ShouldBe(36 * 60), p => p.Hotline.ShouldBe(Attorneys.Hotline),
            p => p.Escalation.Rungs.ShouldBe([new(0, attorneys), new(60, Organization.Parse("state:ca"))]));

        _directory.Load([("06037", Good with { Agencies = [Attorneys with { AcknowledgeWithinMinutes = 90, Escalation = Good.Escalation }] })]);
        _directory.PackFor(attorneys, county).ShouldSatisfyAllConditions(p => p.AcknowledgeWithinMinutes.ShouldBe(90), p => p.Escalation.ShouldBe(Good.Escalation));
    }

    [Fact]
    public void In_a_sandbox_nobodys_hotline_reaches_anybody()
    {
        var sandbox = new CountyDirectory(Maps.California, new(true));

        sandbox.Load([("06037", Good with { Agencies = [Attorneys] })]);

        sandbox.PackFor(Attorneys.Organization, LosAngeles.Organization).Hotline!.Phone.ShouldBe("800-555-0142");
    }

    public static TheoryData<string, ProtocolPack?> Unusable => new()
    {
        { "no rungs", Good with { Version = 9, Escalation = new() } },
        { "no escalation", Good with { Version = 9, Escalation = null! } },
        { "not readable", null },
        { "another county's", Maps.SamplePacks.Single(p => p.CountyFips.Text == "06059") },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public void A_pack_that_cannot_be_used_leaves_in_force_what_was_before(string why, ProtocolPack? pack)
    {
        _directory.Load([("06037", pack)]).ShouldBe(["06037"], why);
        _directory.PackOf(LosAngeles).Version.ShouldBe(0, "the default, because there was none before");

        _directory.Load([("06037", Good)]).ShouldBeEmpty();
        _directory.Load([("06037", pack)]).ShouldBe(["06037"], why);
        _directory.Load([("06037", pack)]).ShouldBe(["06037"], "however often it is read");
        _directory.PackOf(LosAngeles).ShouldBe(Good);
    }

    [Fact]
    public void A_pack_holds_from_the_states_day_on_without_being_read_again()
    {
        // Seven in the evening of the day before, in California.
        var clock = new Clock { Now = new(2027, 1, 1, 3, 0, 0, TimeSpan.Zero) };
        var directory = new CountyDirectory(Maps.California, new(false), clock);
        directory.Load(
        [
            ("06037 1", Good with { Version = 1, EffectiveFrom = new(2026, 5, 1) }),
            ("06037 2", Good with { Version = 2, EffectiveFrom = new(2027, 1, 1) }),
            ("06037 3", Good with { Version = 3, EffectiveFrom = new(2027, 6, 1) }),
        ]);

        directory.PackOf(LosAngeles).Version.ShouldBe(1);
        clock.Now += TimeSpan.FromHours(5);
        directory.PackOf(LosAngeles).Version.ShouldBe(2);
        clock.Now = new(2027, 6, 2, 0, 0, 0, TimeSpan.Zero);
        directory.PackOf(LosAngeles).Version.ShouldBe(3);
    }

    [Fact]
    public void What_was_published_last_stands_before_what_was_planned_earlier()
    {
        var clock = new Clock { Now = new(2027, 1, 2, 12, 0, 0, TimeSpan.Zero) };
        var directory = new CountyDirectory(Maps.California, new(false), clock);

        directory.Load([("06037 2", Good with { Version = 2, EffectiveFrom = new(2027, 1, 1) }), ("06037 3", Good with { Version = 3, EffectiveFrom = new(2026, 12, 1) })]);

        directory.PackOf(LosAngeles).Version.ShouldBe(3);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }

    [Fact]
    public void A_county_whose_pack_is_gone_has_the_default_again()
    {
        _directory.Load([("06037", Good)]);
        _directory.Load([]);

        _directory.PackOf(LosAngeles).Version.ShouldBe(0);
    }
}
