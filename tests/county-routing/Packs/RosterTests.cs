using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.CountyRouting.Tests.Packs;

public sealed class RosterTests
{
    private static readonly CountyMap Map = Maps.California;
    private static readonly Organization Sacramento = Organization.Parse("county:06067");
    private static readonly Rung Supervisor = new(0, Sacramento, Duties.Supervisor);
    private static ProtocolPack Good => Maps.SamplePacks.Single(pack => pack.CountyFips.Text == "06067");
    private static ProtocolPack Roster(params RosterEntry[] roster) => Good with { Roster = roster, Escalation = new() { Rungs = [new(0, Sacramento)] } };
    private static RosterEntry Entry(string duty = Duties.Supervisor, string hours = RosterHours.Always) => new() { Duty = duty, Hours = hours, Name = "Supervisor of the night" };
    private static ProtocolPack Hours(BusinessHours hours) => Good with { BusinessHours = hours };

    public static TheoryData<string, ProtocolPack> Wrong => new()
    {
        { "/roster/0/duty", Roster(Entry(duty: "JANITOR")) },
        { "/roster/0/hours", Roster(Entry(hours: "NEVER")) },
        { "/roster/1/hours", Roster(Entry(), Entry()) },
        { "/roster/1/hours", Roster(Entry(), Entry(hours: RosterHours.After)) },
        { "/roster/1/hours", Roster(Entry(hours: RosterHours.After), Entry()) },
        { "/roster/0/name", Roster(Entry() with { Name = " " }) },
        { "/roster/0/telephone/phone", Roster(Entry() with { Telephone = Good.Hotline! with { Phone = "ask" } }) },
        { "/escalation/rungs/0/duty", Good with { Escalation = new() { Rungs = [Supervisor with { Duty = "JANITOR" }] } } },
        { "/escalation/rungs/0/duty", Good with { Escalation = new() { Rungs = [Supervisor with { Duty = Duties.Manager }] } } },
        { "/escalation/rungs/0/duty", Good with { Escalation = new() { Rungs = [new(0, Organization.Parse("state:ca"), Duties.Manager)] } } },
        { "/acceptanceEscalation/rungs/0/duty", Roster(Entry(hours: RosterHours.After)) with { AcceptanceEscalation = new() { Rungs = [Supervisor] } } },
        { "/businessHours/days", Hours(new() { Days = [] }) },
        { "/businessHours/days/0", Hours(new() { Days = ["MON"] }) },
        { "/businessHours/from", Hours(new() { From = "8" }) },
        { "/businessHours/to", Hours(new() { To = "08:00" }) },
        { "/businessHours/to", Hours(new() { To = "24:00" }) },
        { "/determineWithinMinutes", Good with { DetermineWithinMinutes = 0 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void What_would_leave_a_rung_without_anybody_to_wake_is_refused(string member, ProtocolPack pack)
    {
        var problem = pack.Problems(Map).ShouldHaveSingleItem();
        problem.JsonPointer.ShouldBe(member);
        problem.Detail.ShouldEndWith(".");
    }

    [Fact]
    public void A_rung_may_tell_a_duty_of_another_county_whose_roster_is_its_own() =>
        (Good with { Escalation = new() { Rungs = [new(0, Organization.Parse("county:06037"), Duties.OnCallWorker)] } }).Problems(Map).ShouldBeEmpty();

    [Fact]
    public void Null_members_of_a_roster_are_problems_and_never_exceptions() =>
        (Good with { Roster = [null!, new() { Duty = null!, Hours = null!, Name = null! }], BusinessHours = new() { Days = null!, From = null!, To = null! }, Escalation = new() { Rungs = [new(0, Sacramento)] } }).Problems(Map)
            .Select(problem => problem.JsonPointer).ShouldBe(["/roster/0/duty", "/roster/0/name", "/roster/1/duty", "/roster/1/name", "/businessHours/days", "/businessHours/from"]);

    [Theory]
    // Friday, 2026-11-20, in Pacific Standard Time.
    [InlineData("2026-11-20T15:59:00Z", "Emergency response, on call", "916-555-0141")]
    [InlineData("2026-11-20T16:00:00Z", "Emergency response, worker of the day", null)]
    [InlineData("2026-11-21T00:59:00Z", "Emergency response, worker of the day", null)]
    [InlineData("2026-11-21T01:00:00Z", "Emergency response, on call", "916-555-0141")]
    // Saturday at noon.
    [InlineData("2026-11-21T20:00:00Z", "Emergency response, on call", "916-555-0141")]
    // Monday morning in daylight saving time.
    [InlineData("2026-07-06T15:00:00Z", "Emergency response, worker of the day", null)]
    [InlineData("2026-07-06T14:59:00Z", "Emergency response, on call", "916-555-0141")]
    public void Who_has_a_duty_follows_from_the_hour_in_the_state(string at, string name, string? phone) =>
        Directory(Good, at).OnDuty(Supervisor with { Duty = Duties.OnCallWorker }).ShouldBe((name, phone));

    [Fact]
    public void A_county_is_closed_on_the_days_that_it_names() =>
        Directory(Good with { BusinessHours = new() { ClosedOn = [new(2026, 11, 20)] } }, "2026-11-20T20:00:00Z").OnDuty(Supervisor with { Duty = Duties.OnCallWorker }).Name.ShouldBe("Emergency response, on call");

    [Fact]
    public void Of_the_organization_as_such_and_of_a_duty_that_nobody_has_any_more_it_is_the_hotline_that_is_called()
    {
        var directory = Directory(Good, "2026-11-20T20:00:00Z");
        directory.OnDuty(Supervisor with { Duty = null }).ShouldBe((null, Good.Hotline!.Phone));
        directory.OnDuty(Supervisor with { Duty = Duties.Manager }).ShouldBe((null, Good.Hotline.Phone));
        directory.OnDuty(new(0, Organization.Parse("state:ca"))).ShouldBe((null, null));
    }

    [Fact]
    public void A_number_of_the_roster_grows_old_like_any_other_and_in_a_sandbox_reaches_nobody()
    {
        var age = new HotlineAge(Map.State);
        var old = Good with { Roster = [Entry() with { Telephone = Good.Hotline! with { VerifiedAt = new(2026, 1, 1) } }] };
        ContactStates.Of(age.Shown(old, new(2026, 11, 20))).ShouldBe(ContactStates.Stale);
        ContactStates.Of(age.Shown(Good, new(2026, 11, 20))).ShouldBe(ContactStates.Checked);
        old.Kept.Roster[0].Telephone!.Stale.ShouldBeNull();

        var sandbox = new Sandbox(true);
        new CountyDirectory(Map, sandbox).Shown(old with { Roster = [Entry() with { Telephone = Good.Hotline! with { Phone = "916-874-5437" } }] }).Roster[0].Telephone!.Phone.ShouldBe(sandbox.Phone("916-874-5437"));
    }

    private static CountyDirectory Directory(ProtocolPack pack, string at)
    {
        var directory = new CountyDirectory(Map, new(false), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        directory.Load([("06067", pack)]);
        return directory;
    }
}
