using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Intake.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

[Collection(typeof(OneIntake))]
public sealed class ReportingTests(RunningIntake running)
{
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task The_migrated_database_is_what_the_model_says()
    {
        using var scope = _intake.Services.CreateScope();
        var differences = await SchemaCheck.DifferencesAsync(scope.ServiceProvider.GetRequiredService<IntakeDb>(), _intake.Database.ConnectionString,
            TestContext.Current.CancellationToken);

        differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_is_answered_with_a_receipt_and_comes_back_on_its_timeline()
    {
        var created = await _intake.PostAsync(Sample.Encounter("26-RECEIPT"));

        created.Status.ShouldBe(201, created.Body);
        created.Headers["Location"].ShouldBe($"/v1/encounters/{created.EncounterId}");
        var receipt = created.Json;
        receipt["status"]!.GetValue<string>().ShouldBe("RECEIVED");
        receipt["incidentNumber"]!.GetValue<string>().ShouldBe("26-RECEIPT");
        receipt["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeTrue();
        receipt["telephoneReport"]!["notice"]!.GetValue<string>().ShouldContain("does not replace the telephone report (PC 11166(a))");
        receipt["reports"]!.AsArray().Count.ShouldBe(1);
        receipt["reports"]![0]!["needs"]!.AsArray().Select(n => $"{n!["type"]} {n["state"]}").ShouldBe(["ADVOCATE OPEN", "LEGAL OPEN"]);
        // The law says "immediately": when a record of the call is overdue is ours, and says so.
        receipt["clocks"]!.AsArray().Select(c => $"{c!["rule"]} {c["kind"]} {c["citation"]}, {c["duty"]![0]!["kind"]} {c["duty"]![0]!["citation"]}").ShouldBe([
            "TELEPHONE_REPORT PRODUCT_DEFAULT SafeHarbor default, STATUTE PC 11166(a)", "WRITTEN_REPORT STATUTE PC 11166(a), STATUTE PC 11166(a)"]);
        receipt["links"]!.AsArray().ShouldBeEmpty();

        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 1, "the event comes back");
        var read = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");
        var line = read.Json["timeline"]!.AsArray().ShouldHaveSingleItem()!;
        line["type"]!.GetValue<string>().ShouldBe("encounter.reported.v1");
        line["data"]!["urgency"]!.GetValue<string>().ShouldBe("IMMEDIATE");
        (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}?after={read.Json["next"]}")).Json["timeline"]!.AsArray().ShouldBeEmpty("all of it was read");
    }

    [Fact]
    public async Task Of_a_city_and_a_ZIP_code_only_the_counties_that_they_can_be_in_travel()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["location"] = new JsonObject { ["city"] = "la habra", ["zip"] = "90631-0002" }));

        created.Status.ShouldBe(201, created.Body);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 1, "the event comes back");
        var data = (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json["timeline"]![0]!["data"]!;
        data["statedPlace"]!.ToJsonString().ShouldBe("""{"counties":["06059"],"cityAndZipAgree":true}""");
        data.ToJsonString().ShouldNotContain("90631");
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_again()
    {
        var encounter = Sample.Encounter();
        var first = await _intake.PostAsync(encounter, ("Idempotency-Key", "same-1"));
        var second = await _intake.PostAsync(encounter, ("Idempotency-Key", "same-1"));

        first.Status.ShouldBe(201, first.Body);
        (second.Status, second.Body, second.Headers["Location"]).ShouldBe((201, first.Body, first.Headers["Location"]));
        first.Headers.ContainsKey("Idempotent-Replayed").ShouldBeFalse();
        second.Headers["Idempotent-Replayed"].ShouldBe("true");
    }

    [Fact]
    public async Task A_key_used_for_another_body_is_a_422_and_stores_nothing()
    {
        var first = await _intake.PostAsync(Sample.Encounter("26-KEY-A"), ("Idempotency-Key", "other-1"));
        var second = await _intake.PostAsync(Sample.Encounter("26-KEY-B"), ("Idempotency-Key", "other-1"));

        first.Status.ShouldBe(201, first.Body);
        second.Status.ShouldBe(422);
        (await _intake.CountAsync("select count(*) from encounters where incident_number = '26-KEY-B'")).ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(1, 201)]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task A_key_has_1_to_255_characters(int length, int status) =>
        (await _intake.PostAsync(Sample.Encounter(), ("Idempotency-Key", new string('k', length)))).Status.ShouldBe(status);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_identical_posts_at_once_make_one_encounter(bool withKey)
    {
        var incident = $"26-AT-ONCE-{withKey}";
        var encounter = Sample.Encounter(incident);
        (string, string)[] headers = withKey ? [("Idempotency-Key", incident)] : [];

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _intake.PostAsync(encounter.DeepClone(), headers)));

        answers.Select(a => a.Status).ShouldBeSubsetOf([200, 201], string.Join('\n', answers.Select(a => a.Body).Distinct()));
        answers.Select(a => a.EncounterId).Distinct().ShouldHaveSingleItem();
        answers.Count(a => a.Status == 201 && !a.Headers.ContainsKey("Idempotent-Replayed")).ShouldBe(1);
        if (withKey)
            answers.ShouldAllBe(a => a.Status == 201);
        (await _intake.CountAsync($"select count(*) from encounters where incident_number = '{incident}'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from reports r join encounters e using (encounter_id) where incident_number = '{incident}'")).ShouldBe(1);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{answers[0].EncounterId}'", 1, "it is published");
        await _intake.EventuallyAsync("select count(*) from outbox", 0, "nothing more is on its way");
        (await _intake.CountAsync($"select count(*) from timeline where encounter_id = '{answers[0].EncounterId}'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("/children/0/name/given", "\"  canary-GIVEN \""), InlineData("/children/0/name/given", "\"Canary\\u200B-Given\""), InlineData("/children/0/languages", """["ENG"]""")]
    [InlineData("/children/0/residenceCountyFips", "\"6059\""), InlineData("/guardians/0/name", "\"\\u202ACanary-Guardian\\u202C\"")]
    public async Task All_that_was_sent_sent_again_is_the_same_encounter_however_it_is_written(string at, string json)
    {
        var encounter = Sample.Encounter();
        var first = await _intake.PostAsync(encounter);
        var typed = encounter.DeepClone().AsObject();
        Sample.With(at, json)(typed);
        var again = await _intake.PostAsync(typed);

        (again.Status, again.EncounterId, again.ReportId).ShouldBe((200, first.EncounterId, first.ReportId), again.Body);
        again.Headers["Location"].ShouldBe(first.Headers["Location"]);
        (first.Json["duplicate"], again.Json["duplicate"]!["notice"]!.GetValue<string>()).ShouldBe((null, "All of what you sent is on record already; this is its receipt. Nothing need be done."));
        (await _intake.CountAsync($"select count(*) from encounters where incident_number = '{encounter["source"]!["incidentNumber"]}'")).ShouldBe(1);
    }

    [Fact]
    public async Task Codes_are_kept_as_the_system_writes_them_and_texts_as_the_officer_did()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e =>
        {
            Sample.With("/children/0/languages", """["spa", "ES", "es_mx", "zh-yue", "ASE"]""")(e);
            Sample.With("/children/0/residenceCountyFips", "\" 6059\"")(e);
            Sample.With("/location/countyFips", "\"6037\"")(e);
            Sample.With("/children/0/name/given", "\"Jose\\u0301 \"")(e);
        }));

        created.Status.ShouldBe(201, created.Body);
        (await _intake.CountAsync($"""
            select count(*) from reports join encounters using (encounter_id) where report_id = '{created.ReportId}'
                and languages = '["es", "es-MX", "yue", "ase"]' and residence_county_fips = '06059' and stated_county_fips = '06037'
            """)).ShouldBe(1);
        await _intake.CountAsync($"""
            insert into grants values (gen_random_uuid(), '{created.EncounterId}', '{created.ReportId}', 'county:06037', 'COUNTY', 'PC 11166(k)', now(), now() + interval '1 day') returning 1
            """);
        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read"))
            .Json["child"]!["name"]!["given"]!.GetValue<string>().ShouldBe("Jose\u0301 ");
    }

    [Fact]
    public async Task The_api_is_described()
    {
        var document = await _intake.GetAsync("/openapi/v1.json");

        document.Status.ShouldBe(200);
        document.Json["paths"]!.AsObject().Select(p => p.Key).ShouldBe(["/v1/encounters", "/v1/encounters/validate", "/v1/encounters/{encounterId}",
            "/v1/encounters/{encounterId}/telephone-report", "/v1/reports/{reportId}", "/v1/reports/{reportId}/accesses",
            "/v1/reports/{reportId}/whereabouts", "/v1/reports/{reportId}/worker", "/v1/reports/{reportId}/supplements", "/v1/reports/{reportId}/retract",
            "/v1/keys", "/v1/unusual-readings/{unusualReadingId}",
            "/v1/parked", "/v1/parked/{parkedId}", "/v1/parked/{parkedId}/redrive", "/v1/parked/{parkedId}/discard", "/v1/ledger/checkpoints",
            "/v1/reports/{reportId}/emergency-access", "/v1/emergency-accesses", "/v1/emergency-accesses/{emergencyAccessId}", "/v1/emergency-accesses/{emergencyAccessId}/review",
            "/v1/retention/due", "/v1/retention/run", "/v1/reports/{reportId}/sealing-order", "/v1/reports/{reportId}/destruction"], ignoreOrder: true);
    }

    [Fact]
    public async Task Who_prefers_to_wait_gets_the_receipt_with_its_county_and_gets_the_same_again()
    {
        var encounter = Sample.Encounter("26-WAIT");
        var waiting = _intake.PostAsync(encounter, ("Prefer", "wait=30"), ("Idempotency-Key", "wait-1"));
        await _intake.EventuallyAsync("select count(*) from encounters where incident_number = '26-WAIT'", 1, "it is stored while the caller waits");
        await using (var ids = _intake.Source.CreateCommand("select encounter_id, report_id from reports join encounters using (encounter_id) where incident_number = '26-WAIT'"))
        await using (var reader = await ids.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            await reader.ReadAsync(TestContext.Current.CancellationToken);
            waiting.IsCompleted.ShouldBeFalse();
            await _intake.PublishAsync(Sample.Opened(reader.GetGuid(0), reader.GetGuid(1)));
        }

        var answer = await waiting;

        answer.Status.ShouldBe(201, answer.Body);
        answer.Headers["Preference-Applied"].ShouldBe("wait");
        answer.Json["status"]!.GetValue<string>().ShouldBe("ROUTED");
        answer.Json["reports"]![0]!["handoffs"]![0]!["name"]!.GetValue<string>().ShouldBe("Los Angeles");
        (await _intake.PostAsync(encounter, ("Idempotency-Key", "wait-1"))).Body.ShouldBe(answer.Body);
    }

    [Fact]
    public async Task Who_waits_in_vain_gets_what_is_known_by_then()
    {
        var answer = await _intake.PostAsync(Sample.Encounter(), ("Prefer", "respond-async, wait=1"));

        (answer.Status, answer.Json["status"]!.GetValue<string>(), answer.Headers["Preference-Applied"]).ShouldBe((201, "RECEIVED", "wait"));
    }

    [Fact]
    public async Task A_recorded_call_satisfies_its_clock_and_recording_it_again_changes_nothing()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        var call = Sample.Call();
        var path = $"/v1/encounters/{created.EncounterId}/telephone-report";

        var first = await _intake.SendAsync(HttpMethod.Put, path, call);
        var second = await _intake.SendAsync(HttpMethod.Put, path, call);

        (first.Status, second.Status).ShouldBe((200, 200), first.Body);
        first.Json["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeFalse();
        first.Json["clocks"]!.AsArray().Single(c => c!["rule"]!.GetValue<string>() == "TELEPHONE_REPORT")!["satisfiedAt"].ShouldNotBeNull();
        second.Json["telephoneReport"]!.ToJsonString().ShouldBe(first.Json["telephoneReport"]!.ToJsonString());
        await _intake.EventuallyAsync("select count(*) from outbox", 0, "everything is published");
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'telephone-report.recorded.v1'", 1, "once");
        (await _intake.CountAsync($"select count(*) from telephone_reports where encounter_id = '{created.EncounterId}'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from timers where ordering_key = '{created.EncounterId}'")).ShouldBe(1, "only the written report's");
        (await _intake.SendAsync(HttpMethod.Put, path, "{}")).Errors.ShouldBe(["/calledAt required"]);
    }

    [Fact]
    public async Task A_call_that_comes_with_the_report_satisfies_its_clock_at_once()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["telephoneReport"] = Sample.Call()));

        created.Status.ShouldBe(201, created.Body);
        created.Json["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeFalse();
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 2, "both events come back");
    }
}
