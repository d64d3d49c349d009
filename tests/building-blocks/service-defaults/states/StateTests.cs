using Microsoft.Extensions.Configuration;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Tests.States;

public sealed class StateTests : IDisposable
{
    private const string Counties = """
        "98001": Alder
        "98003": Birch
        """;

    private const string Courts = """
        checked: false
        weekend: { days: [Saturday, Sunday], law: invented }
        moved: { to: {}, law: invented }
        holidays: [{ name: New Year, day: January 1, law: invented }]
        """;

    private const string File = """
        code: zz
        name: Sample
        sample: true
        fipsPrefix: "98"
        timeZone: America/Chicago
        bounds: { west: -98.5, south: 40, east: -97.5, north: 41 }
        agencyIdentifiers:
          prefix: ZZ
          inManyCounties: [ZZ???99??]
        referralNumber:
          form: "[0-9]{4}"
          says: numbers of 4 digits
          source: made up
        desk:
          remindEveryMinutes: 7
        outerLines:
          nearMeters: 2500
          neighbors: { YY: Neighbor }
        neverOfAChild:
          statutes:
            - { name: ZZ 5(b), pattern: '\b5\s*\(b\)', law: zz-5 }
          ofAnother: '\bbuyers?\b'
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void It_is_what_its_folder_says()
    {
        var state = Read();

        (state.Code, state.Name, state.Organization.Text, state.TimeZone.Id).ShouldBe(("zz", "Sample", "state:zz", "America/Chicago"));
        state.Counties.ShouldBe([new(CountyFips.Parse("98001"), "Alder"), new(CountyFips.Parse("98003"), "Birch")]);
        state.County(CountyFips.Parse("98003"))!.Organization.Text.ShouldBe("county:98003");
        state.County(CountyFips.Parse("06037")).ShouldBeNull();
        state.ReferralNumber.ShouldBe(new(@"\A(?:[0-9]{4})\z", "numbers of 4 digits", "made up"));
        state.Courts.NextCourtDay(new(2026, 12, 31)).ShouldBe(new(2027, 1, 4));
        state.Desk.RemindEvery.ShouldBe(TimeSpan.FromMinutes(7));
        System.IO.File.Exists(state.PathOf("state.yaml")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("Seen at the motel.", false)]
    [InlineData("Arrested for 5(b).", true)]
    [InlineData("Seen. Arrested for 5 (B). Taken to the station.", true)]
    [InlineData("The buyer was arrested for 5(b).", false)]
    [InlineData("The buyer fled. Arrested for 5(b).", true)]
    [InlineData("Arrested for ５（ｂ）", true)]
    [InlineData("Room 15(b).", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_text_charges_a_child_where_a_sentence_names_a_statute_and_nobody_else(string? text, bool charges) =>
        (Read().NeverOfAChild.In(text)?.Name).ShouldBe(charges ? "ZZ 5(b)" : null);

    [Theory]
    [InlineData("2026-07-01T04:59:59Z", "2026-06-30", "daylight saving time is five hours behind")]
    [InlineData("2026-07-01T05:00:00Z", "2026-07-01", "and its day begins")]
    [InlineData("2026-12-01T05:30:00Z", "2026-11-30", "standard time is six hours behind")]
    [InlineData("2026-12-01T05:30:00+09:00", "2026-11-30", "whatever offset it is written with")]
    public void Its_day_is_its_own(string instant, string day, string because) =>
        Read().DayOf(DateTimeOffset.Parse(instant, null)).ShouldBe(DateOnly.Parse(day, null), because);

    [Theory]
    [InlineData("ZZ0020100", 2)]
    [InlineData(" zz0010100 ", 1)]
    [InlineData("ZZ0019901", null)]
    [InlineData("NV0010100", null)]
    [InlineData("ZZX010100", null)]
    [InlineData("ZZ001", null)]
    [InlineData(null, null)]
    public void An_agencys_identifier_tells_its_county_or_nothing(string? ori, int? number) => Read().AgencyIdentifiers.CountyNumberOf(ori).ShouldBe(number);

    [Theory]
    [InlineData("name: Sample", "", "name", "a missing key")]
    [InlineData("sample: true", "", "sample", "a missing key that is no text")]
    [InlineData("name: Sample", "nam: Sample", "nam", "an unknown key")]
    [InlineData("  says: numbers", "  tells: numbers", "tells", "an unknown key further in")]
    [InlineData("  source: made up", "", "source", "a missing key further in")]
    [InlineData("name: Sample", "name: Sample\nname: Sample", "name", "a key twice")]
    [InlineData("name: Sample", "name:", "line 2", "a key without a value")]
    [InlineData("code: zz", "code: yy", "code is wrong", "another state's code than the folder's")]
    [InlineData("fipsPrefix: \"98\"", "fipsPrefix: \"9\"", "fipsPrefix is wrong", "no prefix")]
    [InlineData("fipsPrefix: \"98\"", "fipsPrefix: \"97\"", "'98001' is no county of the state", "another state's counties")]
    [InlineData("America/Chicago", "America/Nowhere", "timeZone is wrong", "no zone")]
    [InlineData("prefix: ZZ", "prefix: ZZZ", "agencyIdentifiers.prefix is wrong", "no prefix")]
    [InlineData("[0-9]{4}", "[0-9", "referralNumber.form is wrong", "no regular expression")]
    [InlineData("remindEveryMinutes: 7", "remindEveryMinutes: 0", "desk.remindEveryMinutes is wrong", "never")]
    [InlineData("nearMeters: 2500", "nearMeters: 0", "outerLines.nearMeters is wrong", "nothing is that near")]
    [InlineData("pattern: '", "pattern: '(", "neverOfAChild is wrong", "no pattern")]
    [InlineData("YY: Neighbor", "Yonder: Neighbor", "outerLines.neighbors is wrong", "no code")]
    [InlineData("west: -98.5", "west: 98.5", "bounds is wrong", "west of the east")]
    [InlineData("north: 41", "north: here", "line 6", "no number")]
    [InlineData("remindEveryMinutes: 7", "remindEveryMinutes: soon", "line 15", "no number")]
    public void What_is_wrong_in_it_is_named(string right, string wrong, string named, string because)
    {
        var refused = Should.Throw<StartRefusedException>(() => Read(File.Replace(right, wrong, StringComparison.Ordinal)), because);
        refused.Message.ShouldContain(named);
        refused.Message.ShouldContain(_folder.FullName);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Read();
        System.IO.File.Delete(Path.Combine(_folder.FullName, "zz", "counties.yaml"));
        Should.Throw<StartRefusedException>(() => StateFile.Read(Path.Combine(_folder.FullName, "zz"))).Message.ShouldContain("counties.yaml cannot be read");
    }

    [Fact]
    public async Task A_service_without_a_setting_has_the_state_that_the_data_name()
    {
        await using var service = await TestService.Start();
        service.Get<State>().Code.ShouldBe(service.Get<IConfiguration>()["State:Code"]);
    }

    [Fact]
    public async Task A_sample_is_for_development_only()
    {
        await using (var service = await TestService.Start(settings: ("State:Code", "de")))
            service.Get<State>().Organization.Text.ShouldBe("state:de");
        var refused = await Should.ThrowAsync<StartRefusedException>(TestService.Start(environment: "Production", settings: ("State:Code", "de")));
        refused.Message.ShouldContain("a sample and not for use");
    }

    [Fact]
    public void Every_state_that_is_a_sample_says_so_where_a_person_reads_it()
    {
        var states = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "states")).Select(State.Read).ToList();
        states.Where(state => state.IsSample).ShouldNotBeEmpty();
        states.ShouldAllBe(state => state.IsSample == state.Name.Contains("SAMPLE, NOT FOR USE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xx")]
    [InlineData("../..")]
    public async Task A_service_does_not_start_for_a_state_that_is_not_there(string code)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(TestService.Start(settings: ("State:Code", code)));
        refused.Message.ShouldContain($"State:Code is '{code}'");
        refused.Message.ShouldContain("ca");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private State Read(string file = File)
    {
        var folder = _folder.CreateSubdirectory("zz").FullName;
        System.IO.File.WriteAllText(Path.Combine(folder, "state.yaml"), file);
        System.IO.File.WriteAllText(Path.Combine(folder, "counties.yaml"), Counties);
        System.IO.File.WriteAllText(Path.Combine(folder, "court-calendar.yaml"), Courts);
        return StateFile.Read(folder);
    }
}
