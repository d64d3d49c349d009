using System.Text.Json.Nodes;

namespace SafeHarbor.Intake.Tests;

/// <summary>Unknown is not identity: what could be about the same child is stored and linked, and nobody is told that a report was not needed.</summary>
public sealed class AlikeReportsTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private const string Maria = """{"name":{"given":"Maria","family":"L\u00F3pez"},"gender":"female","approximateAge":15}""";
    private const string Elsewhere = "le:CA0370000";

    private readonly TestIntake _intake = running.Intake;

    private Task<Answer> ReportAsync(string incident, string child, string agency = "le:" + TestIntake.Agency) => _intake.SendAsync(HttpMethod.Post, "/v1/encounters",
        Sample.Encounter(incident, e =>
        {
            Sample.With("/children/0", child)(e);
            e["source"]!["agencyOri"] = agency["le:".Length..];
        }), organization: agency);

    private static string New() => $"26-{Guid.NewGuid():N}";

    // A name of nobody else's in these tests.
    private static string Unique(string child) => child.Replace("pez", $"pez {Guid.NewGuid():N}", StringComparison.Ordinal);

    private static string AlikeIn(JsonNode receipt) => string.Join(' ', receipt["reports"]![0]!["mayBeSameAs"]!.AsArray().Select(a => $"{a!["reportId"]} {a["because"]}"));

    private async Task<string> NowAlikeAsync(Answer reported, string agency = "le:" + TestIntake.Agency) =>
        AlikeIn((await _intake.SendAsync(HttpMethod.Get, $"/v1/encounters/{reported.EncounterId}", organization: agency)).Json);

    private async Task<JsonNode?> ReadAsync(Answer reported, string county) =>
        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{reported.ReportId}", organization: county, scopes: "reports.read")).Json["mayBeSameAs"];

    private Task<long> GrantAsync(Answer reported, string county, string tier = "COUNTY") => _intake.CountAsync($"""
        insert into grants values (gen_random_uuid(), '{reported.EncounterId}', '{reported.ReportId}', '{county}', '{tier}', 'PC 11166(k)', now(), now() + interval '1 day') returning 1
        """);

    [Theory]
    [InlineData("{}", "{}"), InlineData("""{"approximateAge":15,"gender":"female"}""", """{"approximateAge":16,"gender":"female"}"""), InlineData("""{"alias":"Star"}""", "{}")]
    [InlineData("""{"name":{"given":" "},"dateOfBirth":"2011-02-03"}""", """{"gender":"male"}"""), InlineData("""{"name":{"given":"Maria"}}""", Maria)]
    public async Task Children_of_an_incident_whom_nothing_tells_apart_are_two_and_linked_both_ways(string one, string other)
    {
        var incident = New();
        var first = await ReportAsync(incident, one);
        var second = await ReportAsync(incident, Unique(other));

        (first.Status, second.Status).ShouldBe((201, 201), second.Body);
        (AlikeIn(first.Json), AlikeIn(second.Json)).ShouldBe(("", $"{first.ReportId} INCIDENT"));
        (await NowAlikeAsync(first)).ShouldBe($"{second.ReportId} INCIDENT");
        (await NowAlikeAsync(second)).ShouldBe($"{first.ReportId} INCIDENT");
        await _intake.EventuallyAsync($"""
            select count(*) from timeline where type = 'report.may-be-same.v1' and (report_id, data->'mayBeSameAs'->0->>'reportId') in
                (('{first.ReportId}', '{second.ReportId}'), ('{second.ReportId}', '{first.ReportId}'))
            """, 2, "both timelines say so");
        var link = second.Json["links"]!.AsArray().ShouldHaveSingleItem()!;
        (link["rel"]!.GetValue<string>(), link["encounterId"]!.GetValue<Guid>()).ShouldBe(("near-duplicate", first.EncounterId));
        link["notice"]!.GetValue<string>().ShouldContain("POST /v1/reports/{reportId}/supplements", customMessage: "what to do instead, the next time");
    }

    [Theory]
    [InlineData("""{"gender":"male"}""", """{"gender":"female"}"""), InlineData("""{"approximateAge":9}""", """{"approximateAge":17}"""), InlineData(Maria, """{"name":{"given":"Ana","family":"López"}}""")]
    public async Task Children_of_an_incident_who_are_told_apart_are_not_linked_but_their_encounters_are(string one, string other)
    {
        var incident = New();
        var first = await ReportAsync(incident, Unique(one));
        var second = await ReportAsync(incident, Unique(other));

        AlikeIn(second.Json).ShouldBe("");
        var link = second.Json["links"]!.AsArray().ShouldHaveSingleItem()!;
        (link["rel"]!.GetValue<string>(), link["encounterId"]!.GetValue<Guid>()).ShouldBe(("near-duplicate", first.EncounterId));
        link["notice"]!.GetValue<string>().ShouldContain("POST /v1/reports/{reportId}/supplements", customMessage: "what to do instead, the next time");
    }

    [Theory]
    [InlineData("""{"name":{"given":"MARIA","family":"Lo\u0301pez"}}"""), InlineData("""{"name":{"given":"L\u00F3pez\u200B  Maria"}}"""), InlineData("""{"name":{"family":"Maria l\u00F3pez"}}""")]
    public async Task The_same_name_with_other_content_is_stored_and_linked_in_the_incident_and_beyond(string again)
    {
        var incident = New();
        var first = await ReportAsync(incident, Maria.Replace("Maria", $"Maria {incident}", StringComparison.Ordinal));
        again = again.Replace("aria", $"aria {incident}", StringComparison.OrdinalIgnoreCase);
        var second = await ReportAsync(incident, again);
        var third = await ReportAsync(New(), again);

        (second.Status, third.Status).ShouldBe((201, 201), second.Body);
        AlikeIn(second.Json).ShouldBe($"{first.ReportId} NAME");
        AlikeIn(third.Json).Split(' ').ShouldBe([$"{first.ReportId}", "NAME", $"{second.ReportId}", "NAME"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_name_that_stands_for_none_is_no_name()
    {
        var first = await ReportAsync(New(), """{"name":{"given":"Jane","family":"Doe"}}""");
        var incident = New();
        var second = await ReportAsync(incident, """{"name":{"given":"Jane","family":"Doe"},"approximateAge":14}""");
        var third = await ReportAsync(incident, Unique(Maria));

        (first.Status, AlikeIn(second.Json), AlikeIn(third.Json)).ShouldBe((201, "", $"{second.ReportId} INCIDENT"));
    }

    [Fact]
    public async Task Of_a_name_that_many_have_the_newest_twenty_are_told_and_no_timeline()
    {
        var child = Unique(Maria);
        var reports = new List<Answer>();
        for (var i = 0; i < 22; i++)
            reports.Add(await ReportAsync(New(), child));

        reports[^1].Json["reports"]![0]!["mayBeSameAs"]!.AsArray().Select(a => a!["reportId"]!.GetValue<Guid>()).ShouldBe(reports[1..21].Select(r => r.ReportId), ignoreOrder: true);
        await _intake.EventuallyAsync("select count(*) from outbox", 0, "everything is published");
        (await _intake.CountAsync($"select count(*) from timeline where encounter_id = '{reports[0].EncounterId}' and type = 'report.may-be-same.v1'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_sender_may_say_that_it_is_the_same_child_and_both_reports_stay()
    {
        var first = await ReportAsync(New(), """{"gender":"male","name":{"given":"Ana","family":"Said"}}""");
        var second = await ReportAsync(New(), $$"""{"gender":"female","sameChildAs":"{{first.ReportId}}"}""");

        second.Status.ShouldBe(201, second.Body);
        AlikeIn(second.Json).ShouldBe($"{first.ReportId} SENDER");
        (await NowAlikeAsync(first)).ShouldBe($"{second.ReportId} SENDER");
    }

    [Fact]
    public async Task Whom_the_sender_says_must_be_in_a_report_of_its_agency()
    {
        var others = await ReportAsync(New(), "{}", Elsewhere);
        foreach (var said in new[] { others.ReportId, Guid.NewGuid() })
        {
            var incident = New();
            (await ReportAsync(incident, $$"""{"sameChildAs":"{{said}}"}""")).Errors.ShouldBe(["/children/0/sameChildAs unknown-report"]);
            (await _intake.CountAsync($"select count(*) from encounters where incident_number = '{incident}'")).ShouldBe(0);
        }
    }

    [Theory]
    [InlineData("""{"name":{"given":"Twice","family":"Reported"}}""", """{"name":{"given":"reported","family":"twice"}}""", "NAME")]
    [InlineData("""{"name":{"given":"Twice One"},"dateOfBirth":"2012-05-06"}""", """{"name":{"given":"twice","family":"Other"},"dateOfBirth":"2012-05-06"}""", "GIVEN_NAME_AND_BIRTH")]
    public async Task What_two_agencies_report_within_a_day_is_linked_for_the_county_that_reads_both_and_for_nobody_else(string one, string other, string because)
    {
        var unique = $"\"{Guid.NewGuid():N} ";
        (one, other) = (one.Replace("\"Reported", unique + "Reported", StringComparison.Ordinal), other.Replace("\"reported", unique + "reported", StringComparison.Ordinal));
        var first = await ReportAsync(New(), one);
        var second = await ReportAsync(New(), other, Elsewhere);
        foreach (var reported in new[] { first, second })
            await GrantAsync(reported, "county:06037");
        await GrantAsync(first, "county:06059");
        await GrantAsync(second, "provider:harbor-house", "T1");
        await GrantAsync(first, "provider:harbor-house", "T1");

        AlikeIn(second.Json).ShouldBe("", "another agency's reports are not there for it");
        (await NowAlikeAsync(first)).ShouldBe("");
        string OtherOf(Answer reported) => $$"""[{"reportId":"{{reported.ReportId}}","encounterId":"{{reported.EncounterId}}","because":"{{because}}"}]""";
        (await ReadAsync(first, "county:06037"))!.ToJsonString().ShouldBe(OtherOf(second));
        (await ReadAsync(second, "county:06037"))!.ToJsonString().ShouldBe(OtherOf(first));
        (await ReadAsync(first, "county:06059"))!.ToJsonString().ShouldBe("[]");
        (await ReadAsync(first, "provider:harbor-house")).ShouldBeNull("a provider gets what it needs to meet the child");

        await _intake.CountAsync($"update encounters set received_at = received_at + interval '25 hours' where encounter_id = '{second.EncounterId}' returning 1");
        (await ReadAsync(second, "county:06037"))!.ToJsonString().ShouldBe("[]", "a day is over");
    }
}
