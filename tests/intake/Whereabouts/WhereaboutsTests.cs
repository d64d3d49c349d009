using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.Intake.Tests.Whereabouts;

/// <summary>Who says with whom a child is, who learns of it, and what is refused.</summary>
[Collection(typeof(OneIntake))]
public sealed class WhereaboutsTests(RunningIntake running)
{
    private const string Agency = $"le:{TestIntake.Agency}", County = "county:06037", Shelter = "provider:harbor-house";
    private static readonly DateTimeOffset Now = new(DateTimeOffset.UtcNow.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private readonly TestIntake _intake = running.Intake;

    private async Task<Answer> CreateAsync(params (string Organization, string Tier)[] grants)
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        foreach (var (organization, tier) in grants)
            await _intake.PublishAsync(Sample.Granted(created.EncounterId, created.ReportId, organization, tier));
        await _intake.EventuallyAsync($"select count(*) from grants where report_id = '{created.ReportId}'", grants.Length, "the grants arrive");
        return created;
    }

    private Task<Answer> TellAsync(Answer created, string organization, object body) => _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/whereabouts", body, organization,
        organization[..2] switch { "le" => "encounters.write", "co" => "handoffs.act", _ => "offers.act" });

    private Task<Answer> ReadAsync(Answer created, string organization) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}/whereabouts", organization: organization, scopes: "encounters.read reports.read");

    private static object Told(string holder, int minutesAgo, object? next = null) => new { holder, since = Now.AddMinutes(-minutesAgo), nextHandOver = next };

    private static string Latest(Answer answer) => $"{answer.Json["latest"]!["holder"]} {answer.Json["latest"]!["toldBy"]}";

    [Fact]
    public async Task Whoever_takes_custody_has_the_child_without_saying_so_again()
    {
        var created = await CreateAsync();

        created.Json["reports"]![0]!["whereabouts"]!["notice"]!.GetValue<string>().ShouldStartWith("The child is with an officer, since 20");
        var read = await ReadAsync(created, Agency);
        read.Status.ShouldBe(200, read.Body);
        Latest(read).ShouldBe("OFFICER AGENCY");
        read.Json["history"]!.AsArray().Count.ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from whereabouts where report_id = '{created.ReportId}'")).ShouldBe(0, "It follows from the report.");
    }

    [Fact]
    public async Task What_the_county_and_the_shelter_say_is_what_the_officer_sees_and_the_newest_counts_whoever_told_it()
    {
        var created = await CreateAsync((County, Tiers.County), (Shelter, Tiers.Accepted));

        Latest(await TellAsync(created, Agency, Told("OFFICER", 15, new { to = "COUNTY_WORKER", at = Now.AddMinutes(20) }))).ShouldBe("OFFICER AGENCY");
        Latest(await TellAsync(created, Shelter, Told("SHELTER", 2))).ShouldBe("SHELTER PROVIDER");
        var late = await TellAsync(created, County, Told("COUNTY_WORKER", 8));

        late.Status.ShouldBe(200, late.Body);
        Latest(late).ShouldBe("SHELTER PROVIDER", "What was told last is about an earlier time.");
        late.Json["history"]!.AsArray().Select(t => $"{t!["holder"]} {t["toldBy"]}").ShouldBe(["OFFICER AGENCY", "OFFICER AGENCY", "SHELTER PROVIDER", "COUNTY_WORKER COUNTY"]);
        foreach (var reader in new[] { Agency, County, Shelter })
            (await ReadAsync(created, reader)).Body.ShouldBe(late.Body);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'whereabouts.changed.v1'", 2, "what counts comes on the timeline");
        var receipt = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");
        receipt.Json["reports"]![0]!["whereabouts"]!["notice"]!.GetValue<string>().ShouldStartWith("The child is with a shelter, since 20");
        foreach (var (reader, scopes) in new[] { (County, "reports.read"), (Shelter, "reports.read") })
            (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: reader, scopes: scopes)).Json["whereabouts"]!["holder"]!.GetValue<string>().ShouldBe("SHELTER");
        var changed = receipt.Json["timeline"]!.AsArray().Where(e => e!["type"]!.GetValue<string>() == "whereabouts.changed.v1").Select(e => e!.ToJsonString());
        foreach (var seen in changed.Append(late.Body).Append(receipt.Json["reports"]!.ToJsonString()))
            seen.ShouldNotContain("harbor-house", customMessage: "Which shelter it is, is nobody's to read here.");
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'whereabouts.told'")).ShouldBe(3);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'whereabouts.read'")).ShouldBe(3);
    }

    [Fact]
    public async Task The_same_said_again_is_said_once_and_a_correction_is_kept_beside_it()
    {
        var created = await CreateAsync();

        await TellAsync(created, Agency, Told("HOSPITAL", 5));
        (await TellAsync(created, Agency, Told("HOSPITAL", 5))).Json["history"]!.AsArray().Count.ShouldBe(2);
        Latest(await TellAsync(created, Agency, Told("GUARDIAN", 5))).ShouldBe("GUARDIAN AGENCY");
        Latest(await TellAsync(created, Agency, Told("HOSPITAL", 5))).ShouldBe("HOSPITAL AGENCY");

        (await _intake.CountAsync($"select count(*) from whereabouts where report_id = '{created.ReportId}'")).ShouldBe(3);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'whereabouts.told'")).ShouldBe(3);
    }

    [Fact]
    public async Task That_a_child_has_gone_is_told_to_the_agency_and_to_the_counties_that_may_read_the_report_and_to_nobody_else()
    {
        var created = await CreateAsync((County, Tiers.County), ("county:06059", Tiers.County), (Shelter, Tiers.Accepted), ("state:ca", Tiers.Desk));
        await using var kept = await KeptNotices.StartAsync(_intake, TestContext.Current.CancellationToken);

        (await TellAsync(created, Shelter, Told("LEFT", 1))).Status.ShouldBe(200);
        (await TellAsync(created, County, Told("LEFT", 9))).Status.ShouldBe(200);

        (await kept.OfAsync(created.EncounterId)).ShouldBe([$"{County} whereabouts.left.v1", "county:06059 whereabouts.left.v1", $"{Agency} whereabouts.left.v1"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_report_that_somebody_may_not_know_of_does_not_exist()
    {
        var created = await CreateAsync(("county:06059", Tiers.County));
        await _intake.PublishAsync(new DisclosureEnded { EncounterId = created.EncounterId, At = Now, ReportId = created.ReportId, Organization = Organization.Parse("county:06059"), GrantId = await GrantOfAsync(created) });
        await _intake.EventuallyAsync($"select count(*) from grants where report_id = '{created.ReportId}' and expires_at > now()", 0, "the grant ends");

        foreach (var stranger in new[] { "le:CA0370000", "county:06037", "county:06059", "provider:north-star" })
        {
            (await TellAsync(created, stranger, Told("LEFT", 1))).Status.ShouldBe(404, stranger);
            (await ReadAsync(created, stranger)).Status.ShouldBe(404, stranger);
        }
        (await _intake.CountAsync($"select count(*) from whereabouts where report_id = '{created.ReportId}'")).ShouldBe(0);
    }

    private async Task<Guid> GrantOfAsync(Answer created)
    {
        await using var command = _intake.Source.CreateCommand($"select grant_id from grants where report_id = '{created.ReportId}'");
        return (Guid)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    [Theory]
    [InlineData("/holder", null, "/holder unknown-code")]
    [InlineData("/holder", "\"POLICE\"", "/holder unknown-code")]
    [InlineData("/holder", "\"officer\"", "/holder unknown-code")]
    [InlineData("/since", null, "/since required")]
    [InlineData("/since", "\"2026-11-20T23:10:00\"", "/since offset-missing")]
    [InlineData("/since", "\"2999-01-01T00:00:00Z\"", "/since in-the-future", "/nextHandOver/at out-of-range")]
    [InlineData("/since", "\"1066-10-14T09:00:00Z\"", "/since out-of-range")]
    [InlineData("/nextHandOver/to", null, "/nextHandOver/to unknown-code")]
    [InlineData("/nextHandOver/to", "\"LEFT\"", "/nextHandOver/to unknown-code")]
    [InlineData("/nextHandOver/at", "\"2026-01-01T00:00:00Z\"", "/nextHandOver/at out-of-range")]
    [InlineData("/note", "\"12 Shelter Street\"", "/note unknown-member")]
    [InlineData("/address", "\"12 Shelter Street\"", "/address unknown-member")]
    public async Task What_is_wrong_is_named_and_nothing_is_kept(string at, string? json, params string[] errors)
    {
        var created = await CreateAsync();
        var body = JsonNode.Parse($$$"""{"holder": "OFFICER", "since": "{{{Now.AddMinutes(-5):O}}}", "nextHandOver": {"to": "SHELTER", "at": "{{{Now.AddMinutes(5):O}}}"}}""")!.AsObject();
        Sample.With(at, json)(body);

        var refused = await TellAsync(created, Agency, body);

        refused.Status.ShouldBe(400, refused.Body);
        refused.Errors.ShouldBe(errors);
        refused.Body.ShouldNotContain("Shelter Street");
        (await _intake.CountAsync($"select count(*) from whereabouts where report_id = '{created.ReportId}'")).ShouldBe(0);
    }
}
