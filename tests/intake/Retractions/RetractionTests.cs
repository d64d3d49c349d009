using System.Text.Json.Nodes;

namespace SafeHarbor.Intake.Tests.Retractions;

/// <summary>An agency takes a report back: everybody learns it, nothing ends, and it stays so.</summary>
[Collection(typeof(OneIntake))]
public sealed class RetractionTests(RunningIntake running)
{
    private readonly TestIntake _intake = running.Intake;

    private async Task<Answer> CreateAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        return created;
    }

    private Task<Answer> RetractAsync(Answer created, object body, string organization = $"le:{TestIntake.Agency}") =>
        _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/retract", body, organization, "encounters.write");

    private async Task<JsonNode> ReceiptAsync(Answer created)
    {
        await _intake.EventuallyAsync($"select count(*) from timeline where report_id = '{created.ReportId}' and type = 'report.retracted.v1'", 1, "it is on the timeline");
        return (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json;
    }

    [Fact]
    public async Task It_is_shown_to_whoever_reads_and_destroys_nothing()
    {
        var (created, stays) = (await CreateAsync(), await CreateAsync());
        await _intake.GrantAsync(created);

        var retracted = await RetractAsync(created, new { reason = "DUPLICATE_OF_OTHER_REPORT", otherReportId = stays.ReportId });

        retracted.Status.ShouldBe(200, retracted.Body);
        var read = await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read");
        (read.Status, read.Json["retraction"]!["reason"]!.GetValue<string>(), read.Json["retraction"]!["otherReportId"]!.GetValue<Guid>()).ShouldBe((200, "DUPLICATE_OF_OTHER_REPORT", stays.ReportId));
        read.Json["narrative"]!.GetValue<string>().ShouldBe("Canary-Narrative");
        var receipt = await ReceiptAsync(created);
        (receipt["status"]!.GetValue<string>(), receipt["reports"]![0]!["retraction"]!["reason"]!.GetValue<string>()).ShouldBe(("RETRACTED", "DUPLICATE_OF_OTHER_REPORT"));
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.retracted'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from destructions where report_id = '{created.ReportId}'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_call_stays_owed_and_is_where_to_say_why_while_nothing_else_is_asked_for()
    {
        var created = await CreateAsync();
        await RetractAsync(created, new { reason = "SENT_IN_ERROR" });

        var receipt = await ReceiptAsync(created);

        receipt["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeTrue();
        var shortfall = receipt["shortfalls"]!.AsArray().ShouldHaveSingleItem()!;
        shortfall["code"]!.GetValue<string>().ShouldBe("TELEPHONE_REPORT_OWED");
        shortfall["detail"]!.GetValue<string>().ShouldContain("has taken the report back");
        receipt["clocks"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Again_it_changes_nothing_and_the_first_reason_stays()
    {
        var created = await CreateAsync();

        var first = await RetractAsync(created, new { reason = "WRONG_CHILD" });
        var again = await RetractAsync(created, new { reason = "TEST_DATA" });

        (again.Status, again.Body).ShouldBe((200, first.Body));
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.retracted'")).ShouldBe(1);
        var atOnce = await CreateAsync();
        var answers = await Task.WhenAll(RetractAsync(atOnce, new { reason = "WRONG_CHILD" }), RetractAsync(atOnce, new { reason = "WRONG_CHILD" }));
        answers.Select(a => a.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_is_added_to_it_any_more_and_the_refusal_says_what_to_do()
    {
        var created = await CreateAsync();
        await RetractAsync(created, new { reason = "WRONG_CHILD" });

        var refused = await _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/supplements", new { narrative = "After all" }, scopes: "encounters.write");

        (refused.Status, refused.Json["type"]!.GetValue<string>()).ShouldBe((409, "/problems/report-retracted"));
        refused.Json["detail"]!.GetValue<string>().ShouldContain("sameChildAs");
    }

    [Theory]
    [InlineData("""{}""", "/reason unknown-code")]
    [InlineData("""{"reason":"BORED"}""", "/reason unknown-code")]
    [InlineData("""{"reason":"DUPLICATE_OF_OTHER_REPORT"}""", "/otherReportId required")]
    [InlineData("""{"reason":"DUPLICATE_OF_OTHER_REPORT","otherReportId":"019ab4c0-7d10-7000-8000-0000000000a1"}""", "/otherReportId unknown-report")]
    [InlineData("""{"reason":"TEST_DATA","otherReportId":"019ab4c0-7d10-7000-8000-0000000000a1"}""", "/otherReportId out-of-range")]
    public async Task What_is_wrong_is_named_and_the_report_stays(string body, string error)
    {
        var created = await CreateAsync();

        var refused = await RetractAsync(created, body);

        (refused.Status, refused.Errors.Single()).ShouldBe((400, error), refused.Body);
        (await _intake.CountAsync($"select count(*) from retractions where report_id = '{created.ReportId}'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_is_no_duplicate_of_itself_and_another_agencys_does_not_exist()
    {
        var created = await CreateAsync();

        (await RetractAsync(created, new { reason = "DUPLICATE_OF_OTHER_REPORT", otherReportId = created.ReportId })).Errors.ShouldBe(["/otherReportId unknown-report"]);
        (await RetractAsync(created, new { reason = "WRONG_CHILD" }, "le:CA0370000")).Status.ShouldBe(404);
    }
}
