using System.Text.Json.Nodes;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Intake.Tests.Supplements;

/// <summary>What an agency adds to its report: who reads it, what stays as it was, and what is refused.</summary>
[Collection(typeof(OneIntake))]
public sealed class SupplementTests(RunningIntake running)
{
    private const string County = "county:06037", Provider = "provider:harbor-house";

    private readonly TestIntake _intake = running.Intake;

    private static JsonObject News(Action<JsonObject>? change = null)
    {
        var news = JsonNode.Parse($$$"""
            {
              "learnedAt": "{{{DateTimeOffset.UtcNow.AddMinutes(-5):O}}}",
              "officer": {"name":"Canary-LaterOfficer","badge":"Canary-LaterBadge","phone":"555-0100 Canary-LaterOfficerPhone"},
              "presentLocation": {"address":"2 Canary-LaterAddress St","city":"Canary-LaterCity","zip":"90012"},
              "immediateDanger": false,
              "child": {"name":{"given":"Canary-LaterGiven","family":"Canary-LaterFamily"},"alias":"Canary-LaterAlias","dateOfBirth":null,"approximateAge":14,"gender":"female","languages":["es"],
                        "residenceCountyFips":"06059","missing":true,"livesInLicensedHome":true,"reasonToKnowIndianChild":true,"tribe":"Canary-LaterTribe","tribeOrganization":"tribe:example",
                        "safety":{"guardianUnsafe":false,"medicalAlerts":"Canary-LaterMedical","notes":"Canary-LaterNotes"}},
              "guardians":[{"name":"Canary-LaterGuardian","phone":"555-0101 Canary-LaterGuardianPhone","address":"Canary-LaterGuardianAddress"}],
              "suspects":[{"name":"Canary-LaterSuspect","description":"Canary-LaterDescription"}],
              "narrative":"Canary-LaterNarrative"
            }
            """)!.AsObject();
        change?.Invoke(news);
        return news;
    }

    private async Task<Answer> CreateAsync(params (string Organization, string Tier)[] grants)
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        foreach (var (organization, tier) in grants)
        {
            var granted = Sample.Granted(created.EncounterId, created.ReportId, organization, tier);
            await _intake.PublishAsync(granted);
            await _intake.EventuallyAsync($"select count(*) from grants where grant_id = '{granted.GrantId}'", 1, "the grant arrives");
        }
        return created;
    }

    private Task<Answer> AddAsync(Answer created, object body, string organization = $"le:{TestIntake.Agency}", params (string, string)[] headers) =>
        _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/supplements", body, organization, "encounters.write", headers);

    private async Task<Answer> ReadAsync(Answer created, string organization, string scopes = "reports.read")
    {
        var read = await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: organization, scopes: scopes);
        read.Status.ShouldBe(200, read.Body);
        return read;
    }

    private static string Said(JsonNode? node) => string.Join(' ', (node?.ToJsonString() ?? "").Split('"').Where(part => part.Contains("Later", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_county_reads_all_that_was_added_and_the_report_stays_as_it_was()
    {
        var created = await CreateAsync((County, Tiers.County));
        var before = (await ReadAsync(created, County)).Json;

        var added = await AddAsync(created, News());

        added.Status.ShouldBe(201, added.Body);
        added.Body.ShouldNotContain("Canary");
        (added.Json["sequence"]!.GetValue<int>(), added.Headers["Location"]).ShouldBe((1, $"/v1/encounters/{created.EncounterId}"));
        var after = (await ReadAsync(created, County)).Json;
        foreach (var member in new[] { "encounter", "child", "guardians", "suspects", "narrative" })
            after[member]!.ToJsonString().ShouldBe(before[member]!.ToJsonString(), member);
        var supplement = after["supplements"]!.AsArray().ShouldHaveSingleItem()!;
        Said(supplement).ShouldBe("2 Canary-LaterAddress St 2 Canary-LaterAddress St 555-0101 Canary-LaterGuardianPhone Canary-LaterAlias Canary-LaterCity Canary-LaterCity Canary-LaterDescription Canary-LaterFamily "
            + "Canary-LaterGiven Canary-LaterGiven Canary-LaterGuardian Canary-LaterGuardianAddress Canary-LaterMedical Canary-LaterNarrative Canary-LaterNotes Canary-LaterSuspect Canary-LaterTribe");
        supplement["child"]!["coded"]!["ageBand"]!.GetValue<string>().ShouldBe("13_TO_15");
        Said((await ReadAsync(created, County, "reports.read reporter.read")).Json["supplements"]![0]!["officer"]).ShouldBe("555-0100 Canary-LaterOfficerPhone Canary-LaterBadge Canary-LaterOfficer");
        (after["calledName"]!.GetValue<string>(), after["meetingPoint"]!["address"]!.GetValue<string>()).ShouldBe(("Canary-LaterGiven", "2 Canary-LaterAddress St"));
        (after["safety"]!["medicalAlerts"]!.GetValue<string>(), after["safety"]!["guardianUnsafe"]!.GetValue<bool>()).ShouldBe(("Canary-Medical\nCanary-LaterMedical", false));
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.supplemented'")).ShouldBe(1);
    }

    [Theory]
    [InlineData(Provider, Tiers.Accepted, "2 Canary-LaterAddress St Canary-LaterCity Canary-LaterGiven Canary-LaterMedical")]
    [InlineData("state:ca", Tiers.Desk, "2 Canary-LaterAddress St 555-0100 Canary-LaterOfficerPhone Canary-LaterCity")]
    public async Task Others_read_of_it_what_they_read_of_the_report(string organization, string tier, string said)
    {
        var created = await CreateAsync((organization, tier));
        await AddAsync(created, News());

        Said((await ReadAsync(created, organization, "reports.read reporter.read")).Json["supplements"]!.AsArray().ShouldHaveSingleItem()).ShouldBe(said);
        await AddAsync(created, new { narrative = "Canary-Later for the county" });
        (await ReadAsync(created, organization)).Json["supplements"]!.AsArray().Count.ShouldBe(1, "what says nothing to them is not shown");
    }

    [Fact]
    public async Task The_agency_sees_that_it_was_made_and_nothing_of_what_it_says()
    {
        var created = await CreateAsync();
        await AddAsync(created, News());

        await _intake.EventuallyAsync($"select count(*) from timeline where report_id = '{created.ReportId}' and type = 'report.supplemented.v1'", 1, "it is on the timeline");
        var receipt = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");

        receipt.Json["reports"]![0]!["supplements"]!.AsArray().ShouldHaveSingleItem()!["sequence"]!.GetValue<int>().ShouldBe(1);
        receipt.Body.ShouldNotContain("Canary");
        receipt.Body.ShouldNotContain("tribe:example");
        receipt.Json["shortfalls"]!.AsArray().Select(s => $"{s!["code"]} {s["pointer"]}").ShouldContain("ADDED_FOR_OTHERS /children/0", "nobody else is told because of it");
    }

    [Fact]
    public async Task Where_a_child_can_be_met_is_no_shortfall_any_more_once_it_is_added()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: Sample.With("/location/address", null)));
        async Task<IEnumerable<string>> CodesAsync() => (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json["shortfalls"]!.AsArray().Select(s => s!["code"]!.GetValue<string>());
        (await CodesAsync()).ShouldContain("NO_MEETING_POINT");

        await AddAsync(created, new { presentLocation = new { address = "2 Canary-LaterAddress St" } });
        await _intake.EventuallyAsync($"select count(*) from timeline where report_id = '{created.ReportId}' and type = 'report.supplemented.v1'", 1, "it is on the timeline");

        (await CodesAsync()).ShouldBe(["TELEPHONE_REPORT_OWED"]);
    }

    [Fact]
    public async Task The_same_again_is_added_once_and_what_differs_is_the_next()
    {
        var created = await CreateAsync();
        var news = News();

        var first = await AddAsync(created, news);
        var again = await AddAsync(created, news.DeepClone());
        (again.Status, again.Body).ShouldBe((200, first.Body));
        (await AddAsync(created, new { narrative = "Another" })).Json["sequence"]!.GetValue<int>().ShouldBe(2);

        var at = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => AddAsync(created, new { narrative = $"At the same time {i}" })));
        at.Where(a => a.Status == 201).Select(a => a.Json["sequence"]!.GetValue<int>()).ShouldBeUnique();
        at.ShouldAllBe(a => a.Status == 201 || a.Status == 409);
        (await _intake.CountAsync($"select count(distinct key_id) - count(*) from supplements where report_id = '{created.ReportId}'")).ShouldBe(0, "A key seals one record.");
    }

    [Fact]
    public async Task Under_one_key_it_is_added_once_and_another_one_is_refused()
    {
        var created = await CreateAsync();
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());

        var first = await AddAsync(created, new { narrative = "One" }, headers: key);
        first.Status.ShouldBe(201, first.Body);
        (await AddAsync(created, new { narrative = "One" }, headers: key)).Body.ShouldBe(first.Body);
        var other = await AddAsync(created, new { narrative = "Two" }, headers: key);

        other.Json["type"]!.GetValue<string>().ShouldBe("/problems/idempotency-key-reused");
        (await _intake.CountAsync($"select count(*) from supplements where report_id = '{created.ReportId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_supplement_of_a_wrong_clock_is_taken_and_marked()
    {
        var created = await CreateAsync();

        var added = await AddAsync(created, new { learnedAt = "2099-01-01T00:00:00Z", narrative = "One" });

        added.Status.ShouldBe(201, added.Body);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'report.supplemented.v1'", 1, "it is on the timeline");
        (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json["shortfalls"]!.AsArray().Where(s => s!["code"]!.GetValue<string>() == "INSTANT_IMPLAUSIBLE")
            .ShouldHaveSingleItem()!["detail"]!.GetValue<string>().ShouldStartWith("The learnedAt of supplement 1 ");
    }

    [Theory]
    [InlineData("/child/gender", "\"girl\"", "/child/gender unknown-code")]
    [InlineData("/child/languages", "[\"tlh-xx-1\"]", "/child/languages/0 unknown-language")]
    [InlineData("/child/residenceCountyFips", "\"48001\"", "/child/residenceCountyFips wrong-form")]
    [InlineData("/child/dateOfBirth", "\"1999-01-01\"", "/child/dateOfBirth not-a-child")]
    [InlineData("/child/dateOfBirth", "\"2999-01-01\"", "/child/dateOfBirth in-the-future")]
    [InlineData("/child/needs", "[\"ADVOCATE\"]", "/child/needs unknown-member")]
    [InlineData("/presentLocation/latitude", "95", "/presentLocation/latitude out-of-range")]
    [InlineData("/guardians/0", null, "/guardians/0 required")]
    public async Task What_is_wrong_is_named_and_nothing_is_kept(string at, string? json, string error)
    {
        var created = await CreateAsync();

        var refused = await AddAsync(created, News(Sample.With(at, json)));

        refused.Status.ShouldBe(400, refused.Body);
        refused.Errors.ShouldContain(error);
        (await _intake.CountAsync($"select count(*) from supplements where report_id = '{created.ReportId}'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"learnedAt":"2026-11-21T07:00:00Z"}"""), InlineData("""{"child":{"alias":"  ","safety":{}},"guardians":[],"narrative":""}"""), InlineData("""{"presentLocation":{}}""")]
    public async Task At_least_one_thing_must_be_said(string body)
    {
        var refused = await AddAsync(await CreateAsync(), body);

        (refused.Status, refused.Errors.Single()).ShouldBe((400, " required"), refused.Body);
    }

    [Fact]
    public async Task Another_agencys_report_does_not_exist()
    {
        var created = await CreateAsync();

        (await AddAsync(created, News(), "le:CA0370000")).Status.ShouldBe(404);
        (await AddAsync(created, News(), County)).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_destroyed_report_takes_none_and_what_was_added_is_destroyed_with_it()
    {
        var created = await CreateAsync((County, Tiers.County));
        await AddAsync(created, News());
        var sealing = await _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/sealing-order", new { court = "06037", orderedOn = "2026-01-01", reference = "Invented" }, "state:ca", "retention.act");
        sealing.Status.ShouldBe(200, sealing.Body);

        var refused = await AddAsync(created, new { narrative = "Too late" });

        (refused.Status, refused.Json["type"]!.GetValue<string>()).ShouldBe((410, "/problems/report-destroyed"));
        await using var command = _intake.Source.CreateCommand($"select key_id from supplements where report_id = '{created.ReportId}'");
        var key = (Guid)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        (await _intake.CountKeysAsync($"select count(*) from keys where key_id = '{key}' and wrapped_key is null")).ShouldBe(1);
    }
}
