using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Intake.Tests.EmergencyAccesses;

/// <summary>Break-glass over the running service.</summary>
public sealed class EmergencyAccessTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private const string Supervisor = "emergency.review";
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task Without_a_grant_a_county_opens_a_report_reads_it_without_the_reporter_and_everybody_can_see_that_it_did()
    {
        var created = await CreateAsync("06037");
        (await ReadAsync(created, "county:06059")).Status.ShouldBe(404);

        var opened = await OpenAsync(created, "county:06059");

        opened.Status.ShouldBe(201, opened.Body);
        opened.Json["state"]!.GetValue<string>().ShouldBe("UNREVIEWED");
        var read = await ReadAsync(created, "county:06059");
        read.Status.ShouldBe(200, read.Body);
        read.Body.ShouldContain("Canary-Narrative");
        read.Json["officer"].ShouldBeNull("the reporter's identity is not part of an emergency, whatever the token's scopes");
        read.Json["grant"]!["legalBasis"]!.AsArray().Select(r => $"{r!["ruleId"]} {r["kind"]}").ShouldBe(["emergency-access PRODUCT_DEFAULT"]);
        var access = (await _intake.GetAsync($"/v1/reports/{created.ReportId}/accesses")).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        access["grantId"]!.GetValue<string>().ShouldBe(opened.Json["emergencyAccessId"]!.GetValue<string>());
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action in ('break-glass.opened', 'grant.given') and organization = 'county:06059'")).ShouldBe(2);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'emergency-access.opened.v1' and data ->> 'reviewer' = 'county:06037'", 1, "the timeline says so");
        (await OpenAsync(created, "county:06059")).Status.ShouldBe(409, "it may be read already");
    }

    [Fact]
    public async Task An_access_that_is_repeated_under_its_key_is_opened_once()
    {
        var created = await CreateAsync("06037");
        Task<Answer> OpenOnce(string reason) => _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/emergency-access", new { reason }, "county:06059",
            "reports.emergency", ("Idempotency-Key", $"emergency {created.ReportId}"));

        var opened = await OpenOnce("CHILD_IN_DANGER");
        var again = await OpenOnce("CHILD_IN_DANGER");

        (opened.Status, again.Status).ShouldBe((201, 201), again.Body);
        again.Body.ShouldBe(opened.Body);
        (await OpenOnce("CHILD_MISSING")).Status.ShouldBe(422, "the key was another request's");
        (await _intake.CountAsync($"select count(*) from emergency_accesses where report_id = '{created.ReportId}'")).ShouldBe(1);
    }

    [Fact]
    public async Task It_is_for_agencies_with_the_scope_and_never_for_providers()
    {
        var created = await CreateAsync("06037");

        (await OpenAsync(created, "provider:harbor-house")).Status.ShouldBe(403);
        (await OpenAsync(created, "county:06059", scopes: "reports.read")).Status.ShouldBe(403);
        (await OpenAsync(created, "county:06059", reason: "CURIOSITY")).Errors.ShouldBe(["/reason unknown-code"]);
        var unknown = await _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{Guid.NewGuid()}/emergency-access", new { reason = "COURT_ORDER" }, "county:06059", "reports.emergency");
        var unreadable = await ReadAsync(created, "county:06059");
        (unknown.Status, unknown.Json["type"]!.ToString(), unknown.Json["detail"]!.ToString()).ShouldBe((404, unreadable.Json["type"]!.ToString(), unreadable.Json["detail"]!.ToString()));
        (await _intake.CountAsync($"select count(*) from emergency_accesses where report_id = '{created.ReportId}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Its_reviewer_and_its_own_organization_read_it_on_the_ledger_and_nobody_else_does()
    {
        var id = (await OpenAsync(await CreateAsync("06037"), "county:06059")).Json["emergencyAccessId"]!.GetValue<string>();
        async Task<int> ReadItAsync(string organization, string scopes) =>
            (await _intake.SendAsync(HttpMethod.Get, $"/v1/emergency-accesses/{id}", organization: organization, scopes: scopes)).Status;

        (await ReadItAsync("county:06037", Supervisor)).ShouldBe(200);
        (await ReadItAsync("county:06059", "reports.emergency")).ShouldBe(200);
        (await ReadItAsync("county:06073", Supervisor)).ShouldBe(404);
        (await _intake.CountAsync($"select count(*) from ledger where action = 'break-glass.read' and about = '{id}'")).ShouldBe(2);
    }

    [Fact]
    public async Task The_responding_county_reviews_it_and_what_was_not_justified_ends_at_once()
    {
        var created = await CreateAsync("06037");
        var opened = await OpenAsync(created, "county:06059");
        var id = opened.Json["emergencyAccessId"]!.GetValue<string>();

        (await ListAsync("county:06037")).ShouldContain(id);
        (await ListAsync("county:06073")).ShouldNotContain(id);
        (await ReviewAsync(id, "county:06073", ReviewOutcomes.Justified)).Status.ShouldBe(404);
        (await ReviewAsync(id, "county:06037", "MAYBE")).Errors.ShouldBe(["/outcome unknown-code"]);
        var reviewed = await ReviewAsync(id, "county:06037", ReviewOutcomes.NotJustified);

        reviewed.Json["outcome"]!.GetValue<string>().ShouldBe(ReviewOutcomes.NotJustified);
        (await ReadAsync(created, "county:06059")).Status.ShouldBe(404, "it has ended");
        (await ReviewAsync(id, "county:06037", ReviewOutcomes.NotJustified)).Status.ShouldBe(200);
        (await ReviewAsync(id, "county:06037", ReviewOutcomes.Justified)).Status.ShouldBe(409, "what was decided stays");
        (await _intake.CountAsync($"select count(*) from timers where token = (select reminder_token from emergency_accesses where correlation_id = '{id}')")).ShouldBe(0);
        (await _intake.CountAsync($"select count(*) from ledger where action = 'break-glass.reviewed' and about = '{id}' and organization = 'county:06037'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Where_nobody_responds_yet_the_state_reviews_and_nobody_reviews_his_own()
    {
        var created = await CreateAsync(null);
        var id = (await OpenAsync(created, "county:06059")).Json["emergencyAccessId"]!.GetValue<string>();
        (await ReviewAsync(id, "state:ca", ReviewOutcomes.Justified)).Status.ShouldBe(200);

        var own = (await OpenAsync(await CreateAsync("06073"), "county:06073")).Json["emergencyAccessId"]!.GetValue<string>();
        (await ReviewAsync(own, "county:06073", ReviewOutcomes.Justified)).Json["type"]!.GetValue<string>().ShouldEndWith("own-emergency-access");
    }

    [Fact]
    public async Task What_is_to_be_reviewed_comes_by_what_is_due_next_and_what_was_reviewed_last()
    {
        const string reviewer = "county:06085";
        await OpenAsync(await CreateAsync("06085"), "county:06059");
        var names = new Dictionary<string, string>();
        foreach (var (index, (name, state, due, opened)) in new[]
        {
            ("late", "UNREVIEWED", "now() - interval '1 second'", "'2020-01-02'"), ("soon", "UNREVIEWED", "now() + interval '1 hour'", "'2020-01-03'"),
            ("same1", "UNREVIEWED", "'2100-01-01'", "'2020-01-02'"), ("same2", "UNREVIEWED", "'2100-01-01'", "'2020-01-02'"), ("same3", "UNREVIEWED", "'2100-01-01'", "'2020-01-02'"),
            ("newer", "REVIEWED", "null", "'2020-01-02'"), ("older", "REVIEWED", "null", "'2020-01-01'"),
        }.Index())
        {
            var id = $"{index + 1:00000000}-0000-0000-0000-000000000000";
            names[id] = name;
            await _intake.CountAsync($"""
                insert into emergency_accesses select (jsonb_populate_record(a, jsonb_build_object('correlation_id', '{id}', 'current_state', '{state}', 'due_at', ({due})::timestamptz, 'review_by', coalesce({due}, now())::timestamptz,
                    'opened_at', ({opened})::timestamptz, 'report_id', '{id}'))).* from emergency_accesses a where reviewer = '{reviewer}' order by correlation_id desc limit 1 returning 1
                """);
        }
        await _intake.CountAsync($"update emergency_accesses set reviewer = 'county:06087' where reviewer = '{reviewer}' and correlation_id::text not like '%-0000-0000-0000-000000000000' returning 1");

        foreach (var (query, expected) in new[]
        {
            ("", "late soon same1 same2 same3 newer older"), ("open=true", "late soon same1 same2 same3"), ("open=false", "newer older"), ("overdue=true", "late"),
            ("overdue=false&state=UNREVIEWED", "soon same1 same2 same3"), ("since=2020-01-03T00:00:00Z", "soon"), ($"reportId={names.Keys.ElementAt(1)}", "soon"),
        })
        {
            var found = new List<string>();
            for (string? after = ""; after is not null;)
            {
                var page = await _intake.SendAsync(HttpMethod.Get, $"/v1/emergency-accesses?limit=2&{query}{after}", organization: reviewer, scopes: Supervisor);
                page.Status.ShouldBe(200, page.Body);
                found.Count.ShouldBeLessThan(20, "the pages come to an end");
                found.AddRange(page.Json["items"]!.AsArray().Select(item => names[item!["emergencyAccessId"]!.GetValue<string>()]));
                after = page.Json["next"]?.GetValue<string>() is { } next ? $"&after={next}" : null;
            }
            string.Join(' ', found).ShouldBe(expected, query);
        }
        (await _intake.SendAsync(HttpMethod.Get, "/v1/emergency-accesses?state=OPEN", organization: reviewer, scopes: Supervisor)).Errors.ShouldBe(["state unknown-value"]);
    }

    private async Task<Answer> CreateAsync(string? respondingCounty)
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        if (respondingCounty is not null)
        {
            await _intake.CountAsync($"""
                insert into responders values ('{created.ReportId}', '{created.EncounterId}', 'county:{respondingCounty}', gen_random_uuid(), now()) returning 1
                """);
        }
        return created;
    }

    private Task<Answer> OpenAsync(Answer created, string organization, string scopes = "reports.emergency", string reason = "CHILD_IN_DANGER") =>
        _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/emergency-access", new { reason }, organization, scopes);

    private Task<Answer> ReadAsync(Answer created, string organization) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: organization, scopes: "reports.read reporter.read");

    private Task<Answer> ReviewAsync(string id, string organization, string outcome) =>
        _intake.SendAsync(HttpMethod.Post, $"/v1/emergency-accesses/{id}/review", new { outcome }, organization, Supervisor);

    private async Task<string> ListAsync(string organization) =>
        (await _intake.SendAsync(HttpMethod.Get, "/v1/emergency-accesses?limit=200", organization: organization, scopes: Supervisor)).Body;
}
