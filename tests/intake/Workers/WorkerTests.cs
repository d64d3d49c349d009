using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Intake.Tests.Workers;

/// <summary>Which county says who has the case, who reads it, and what is refused.</summary>
[Collection(typeof(OneIntake))]
public sealed class WorkerTests(RunningIntake running)
{
    private const string Agency = $"le:{TestIntake.Agency}", County = "county:06037", Dependency = "county:06059", Provider = "provider:harbor-house";

    private readonly TestIntake _intake = running.Intake;

    /// <summary>A report whose handoff to a county was opened in a role and, mostly, accepted.</summary>
    private async Task<Answer> CreateAsync(Role role = Role.Responder, bool isAccepted = true, params (string Organization, string Tier)[] grants)
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        await HandOffAsync(created, County, role, isAccepted);
        foreach (var (organization, tier) in grants)
            await GrantAsync(created, organization, tier);
        return created;
    }

    private async Task HandOffAsync(Answer created, string county, Role role, bool isAccepted)
    {
        var opened = Sample.Opened(created.EncounterId, created.ReportId) with { Organization = Organization.Parse(county), Role = role };
        await _intake.PublishAsync(opened);
        if (isAccepted)
            await _intake.PublishAsync(Sample.Accepted(opened));
        await GrantAsync(created, county, Tiers.County);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and data ->> 'handoffId' = '{opened.HandoffId}'", isAccepted ? 2 : 1, "the handoff arrives");
    }

    private async Task GrantAsync(Answer created, string organization, string tier, string basis = RuleUses.ResponderGrant)
    {
        var granted = Sample.Granted(created.EncounterId, created.ReportId, organization, tier) with { LegalBasis = basis };
        await _intake.PublishAsync(granted);
        await _intake.EventuallyAsync($"select count(*) from grants where grant_id = '{granted.GrantId}'", 1, "the grant arrives");
    }

    private static JsonObject Worker(string name = "Canary-Worker") =>
        new() { ["name"] = name, ["phone"] = "555-0150 Canary-WorkerPhone", ["extension"] = "Canary-Extension", ["referralNumber"] = "0123456789012345678" };

    private Task<Answer> AssignAsync(Answer created, object body, string county = County) =>
        _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/worker", body, county, "handoffs.act");

    private Task<Answer> ReadAsync(Answer created, string organization) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}/worker", organization: organization, scopes: "encounters.read reports.read");

    [Fact]
    public async Task The_agency_the_counties_and_a_provider_that_accepted_read_who_has_the_case()
    {
        var created = await CreateAsync(grants: (Provider, Tiers.Accepted));

        var assigned = await AssignAsync(created, Worker());

        assigned.Status.ShouldBe(200, assigned.Body);
        foreach (var reader in new[] { Agency, County, Provider })
        {
            var read = await ReadAsync(created, reader);
            read.Status.ShouldBe(200, read.Body);
            var worker = read.Json["workers"]!.AsArray().ShouldHaveSingleItem()!;
            $"{worker["organization"]}, {worker["name"]}, {worker["phone"]}, {worker["extension"]}, {worker["referralNumber"]}"
                .ShouldBe($"{County}, Canary-Worker, 555-0150 Canary-WorkerPhone, Canary-Extension, {(reader == Provider ? "" : "0123456789012345678")}", reader);
        }
        foreach (var reader in new[] { County, Provider })
            (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: reader, scopes: "reports.read")).Json["workers"]![0]!["name"]!.GetValue<string>().ShouldBe("Canary-Worker");
        await _intake.EventuallyAsync($"select count(*) from timeline where report_id = '{created.ReportId}' and type = 'worker.assigned.v1'", 1, "it is on the timeline");
        var receipt = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");
        receipt.Json["reports"]![0]!["workers"]!.AsArray().ShouldHaveSingleItem()!["organization"]!.GetValue<string>().ShouldBe(County);
        receipt.Body.ShouldNotContain("Canary");
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'worker.assigned'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'workers.read'")).ShouldBe(3);
    }

    [Fact]
    public async Task The_same_worker_named_again_changes_nothing_and_another_one_holds_while_the_first_is_kept()
    {
        var created = await CreateAsync();

        var first = await AssignAsync(created, Worker());
        (await AssignAsync(created, Worker())).Body.ShouldBe(first.Body);
        await AssignAsync(created, Worker("Canary-Other"));
        await HandOffAsync(created, Dependency, Role.Dependency, isAccepted: true);
        await AssignAsync(created, Worker("Canary-Dependency"), Dependency);

        (await ReadAsync(created, Agency)).Json["workers"]!.AsArray().Select(w => $"{w!["organization"]} {w["name"]}").ShouldBe([$"{Dependency} Canary-Dependency", $"{County} Canary-Other"]);
        (await _intake.CountAsync($"select count(*) from workers where report_id = '{created.ReportId}'")).ShouldBe(3);
        (await _intake.CountAsync($"select count(distinct key_id) from workers where report_id = '{created.ReportId}'")).ShouldBe(3, "A key seals one record.");
    }

    [Theory]
    [InlineData(Role.Responder, true, 200), InlineData(Role.Responder, false, 409)]
    [InlineData(Role.Dependency, true, 200), InlineData(Role.Dependency, false, 409)]
    [InlineData(Role.Residence, true, 409), InlineData(Role.Courtesy, true, 409)]
    public async Task A_county_that_acts_on_the_child_names_its_worker_once_it_has_accepted(Role role, bool isAccepted, int status)
    {
        var answer = await AssignAsync(await CreateAsync(role, isAccepted), Worker());

        answer.Status.ShouldBe(status, answer.Body);
        if (status == 409)
            answer.Json["type"]!.GetValue<string>().ShouldBe("/problems/handoff-not-accepted");
    }

    [Fact]
    public async Task A_report_that_a_county_has_no_grant_for_does_not_exist_and_one_of_an_emergency_does_not_make_it_responsible()
    {
        var created = await CreateAsync();
        await AssignAsync(created, Worker());

        foreach (var stranger in new[] { "le:CA0370000", "county:06073", "provider:north-star" })
            (await ReadAsync(created, stranger)).Status.ShouldBe(404, stranger);
        (await AssignAsync(created, Worker(), "county:06073")).Status.ShouldBe(404);
        (await _intake.SendAsync(HttpMethod.Post, $"/v1/reports/{created.ReportId}/emergency-access", new { reason = "CHILD_IN_DANGER" }, "county:06073", "reports.emergency")).Status.ShouldBe(201);
        (await AssignAsync(created, Worker(), "county:06073")).Status.ShouldBe(404);
        (await ReadAsync(created, "county:06073")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/name", null, "/name required")]
    [InlineData("/name", "\"  \"", "/name required")]
    [InlineData("/phone", null, "/phone required")]
    [InlineData("/referralNumber", "\"123\"", "/referralNumber wrong-form")]
    [InlineData("/referralNumber", "\"01234567890123456789\"", "/referralNumber wrong-form")]
    [InlineData("/referralNumber", "\"012345678901234567x\"", "/referralNumber wrong-form")]
    [InlineData("/referralNumber", "\"0123456789012345678\\n\"", "/referralNumber wrong-form")]
    [InlineData("/badge", "\"7731\"", "/badge unknown-member")]
    public async Task What_is_wrong_is_named_and_nothing_is_kept(string at, string? json, string error)
    {
        var created = await CreateAsync();
        var body = Worker();
        Sample.With(at, json)(body);

        var refused = await AssignAsync(created, body);

        refused.Status.ShouldBe(400, refused.Body);
        refused.Errors.ShouldBe([error]);
        refused.Body.ShouldNotContain("Canary");
        (await _intake.CountAsync($"select count(*) from workers where report_id = '{created.ReportId}'")).ShouldBe(0);
    }

    [Theory]
    [InlineData("name"), InlineData("phone"), InlineData("extension")]
    public async Task What_is_too_long_is_refused(string member)
    {
        var body = Worker();
        body[member] = new string('x', 201);

        (await AssignAsync(await CreateAsync(), body)).Errors.ShouldBe([$"/{member} too-long"]);
    }
}
