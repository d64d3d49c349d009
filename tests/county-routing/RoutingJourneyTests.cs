using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Tests.Jurisdiction;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>The whole service against real PostgreSQL and RabbitMQ: an encounter comes in on the bus, people act over HTTP.</summary>
public sealed class RoutingJourneyTests : IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    private static EncounterReported Encounter(double? latitude, double? longitude, int children = 1) => new()
    {
        EncounterId = Guid.NewGuid(),
        At = DateTimeOffset.UtcNow,
        AgencyOri = "CA0194200",
        Location = latitude is null ? null : new(latitude.Value, longitude!.Value, 15),
        Urgency = Urgencies.Immediate,
        Reports = [.. Enumerable.Range(1, children).Select(i => new ReportedChild
        {
            ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = i, AgeBand = AgeBands.From13To15, Gender = "female", Needs = [new(Guid.NewGuid(), "ADVOCATE")],
        })],
    };

    private async Task<IReadOnlyList<JsonElement>> Handoffs(string county, int expected)
    {
        for (var i = 0; i < 600; i++)
        {
            var page = await _service.Caller(county).GetFromJsonAsync<JsonElement>("/v1/handoffs", Cancellation);
            if (page.GetProperty("items").GetArrayLength() == expected)
                return [.. page.GetProperty("items").EnumerateArray()];
            await Task.Delay(50, Cancellation);
        }
        throw new InvalidOperationException($"{county} never had {expected} handoffs.");
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> Post(string organization, string path, object? body = null)
    {
        using var answer = await _service.Caller(organization).PostAsJsonAsync(path, body ?? new { }, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> Get(string organization, string path)
    {
        using var answer = await _service.Caller(organization).GetAsync(path, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    [Fact]
    public async Task A_row_that_holds_no_role_is_an_error_whoever_reads_it()
    {
        await _service.PublishAsync(Encounter(34.05, -118.25), Cancellation);
        var handoff = (await Handoffs("county:06037", 1)).Single().GetProperty("handoffId").GetGuid();
        await _service.ExecuteAsync("update handoffs set role = 'WITNESS'", Cancellation);

        (await Get("county:06037", "/v1/handoffs")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await Post("county:06037", $"/v1/handoffs/{handoff}/acknowledge")).Status.ShouldBe(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task The_api_document_says_what_organizations_counties_and_roles_look_like()
    {
        var schemas = (await Get("county:06037", "/openapi/v1.json")).Body.GetProperty("components").GetProperty("schemas");

        new[] { "Organization", "CountyFips", "Role" }.Select(name => schemas.GetProperty(name).GetProperty("type").GetString()).ShouldAllBe(type => type == "string");
        "county:06037 da:06037 state:ca provider:harbor-house le:CA0194200".Split(' ').ShouldAllBe(text => Regex.IsMatch(text, schemas.GetProperty("Organization").GetProperty("pattern").GetString()!));
        "06037".ShouldMatch(schemas.GetProperty("CountyFips").GetProperty("pattern").GetString()!);
        schemas.GetProperty("Role").GetProperty("enum").EnumerateArray().Select(role => role.GetString()).ShouldBe(Roles.All);
        schemas.GetProperty("HandoffView").GetProperty("properties").GetProperty("organization").GetRawText().ShouldContain("schemas/Organization");
    }

    [Fact]
    public async Task A_report_reaches_the_county_where_the_child_is_which_acknowledges_and_accepts()
    {
        await _service.PublishAsync(Encounter(34.05, -118.25), Cancellation);
        var handoff = (await Handoffs("county:06037", 1)).Single();
        handoff.GetProperty("basis").GetString().ShouldBe("FOUND_LOCATION");
        handoff.GetProperty("confidence").GetString().ShouldBe("CLEAR");
        var id = handoff.GetProperty("handoffId").GetGuid();

        (await Post("county:06037", $"/v1/handoffs/{id}/acknowledge")).Body.GetProperty("state").GetString().ShouldBe("ACKNOWLEDGED");
        var first = await Post("county:06037", $"/v1/handoffs/{id}/accept");
        var again = await Post("county:06037", $"/v1/handoffs/{id}/accept");

        first.Body.GetProperty("state").GetString().ShouldBe("ACCEPTED");
        again.Body.GetRawText().ShouldBe(first.Body.GetRawText(), "accepting twice is accepting once");
        await _service.EventuallyAsync("select count(*) from timers", 0, "no timer runs any more", Cancellation);
    }

    [Fact]
    public async Task A_district_attorney_that_takes_part_gets_a_handoff_of_its_own_and_acknowledges_it()
    {
        await _service.PublishAsync(Encounter(36.7378, -119.7871), Cancellation);
        var handoff = (await Handoffs("da:06019", 1)).Single();
        (handoff.GetProperty("role").GetString(), handoff.GetProperty("basis").GetString()).ShouldBe(("DISTRICT_ATTORNEY", "PACK"));
        var path = $"/v1/handoffs/{handoff.GetProperty("handoffId").GetGuid()}";

        (await Post("da:06037", $"{path}/acknowledge")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Post("da:06019", $"{path}/acknowledge")).Body.GetProperty("dueAt").ValueKind.ShouldBe(JsonValueKind.Null, "it only has to know");
        (await Post("da:06019", $"{path}/accept")).Body.GetProperty("readsUntil").ValueKind.ShouldBe(JsonValueKind.String);
        await Handoffs("county:06019", 1);
        (await Get("state:ca", path)).Status.ShouldBe(HttpStatusCode.NotFound, "nobody was silent");
        await _service.ExecuteAsync("update handoffs set escalation_step = 1", Cancellation);
        (await Get("state:ca", path)).Status.ShouldBe(HttpStatusCode.OK, "silence was told");
    }

    [Fact]
    public async Task Another_countys_handoff_does_not_exist()
    {
        await _service.PublishAsync(Encounter(34.05, -118.25), Cancellation);
        var id = (await Handoffs("county:06037", 1)).Single().GetProperty("handoffId").GetGuid();

        (await Post("county:06059", $"/v1/handoffs/{id}/accept")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _service.Caller("county:06059").GetAsync($"/v1/handoffs/{id}", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post("provider:harbor-house", $"/v1/handoffs/{id}/accept")).Status.ShouldBe(HttpStatusCode.Forbidden);
        await Handoffs("county:06059", 0);
    }

    [Fact]
    public async Task Near_a_line_both_counties_get_a_handoff()
    {
        await _service.PublishAsync(Encounter(33.95, -118.0), Cancellation);

        var responder = (await Handoffs("county:06037", 1)).Single();
        responder.GetProperty("role").GetString().ShouldBe("RESPONDER");
        responder.GetProperty("confidence").GetString().ShouldBe("NEAR_LINE");
        responder.GetProperty("distanceToLineMeters").GetDouble().ShouldBeLessThan(3000);
        (await Handoffs("county:06059", 1)).Single().GetProperty("role").GetString().ShouldBe("COURTESY");
    }

    [Fact]
    public async Task What_has_no_location_waits_at_the_desk_which_can_correct_its_decision_until_a_county_has_accepted()
    {
        await _service.PublishAsync(Encounter(null, null, children: 2), Cancellation);
        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'WAITING'", 1, "it waits", Cancellation);
        var item = (await _service.Caller("state:ca").GetFromJsonAsync<JsonElement>("/v1/desk", Cancellation)).GetProperty("items").EnumerateArray().Single();
        item.GetProperty("suggestedOrganization").GetString().ShouldBe("county:06037");
        item.GetProperty("reportIds").GetArrayLength().ShouldBe(2, "which intake shows to the desk, as far as it decides by them");
        var grounds = item.GetProperty("grounds").GetProperty("counties")[0];
        (grounds.GetProperty("organization").GetString(), grounds.GetProperty("toldAs").GetProperty("ruleCode").GetString()).ShouldBe(("county:06037", "BY_AGENCY"));
        grounds.GetProperty("hotline").GetProperty("phone").GetString().ShouldNotBeNullOrEmpty("whom to call");
        item.GetProperty("decideBy").GetDateTimeOffset().ShouldBe(item.GetProperty("dueAt").GetDateTimeOffset());
        var path = $"/v1/desk/{item.GetProperty("deskItemId").GetGuid()}";
        var assign = $"{path}/assign";

        var wrong = await Post("state:ca", assign, new { organization = "county:32003" });
        wrong.Status.ShouldBe(HttpStatusCode.BadRequest);
        wrong.Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/organization");
        (await Post("state:ca", assign, new { organization = "county:06067" })).Status.ShouldBe(HttpStatusCode.OK);

        (await Handoffs("county:06067", 2)).ShouldAllBe(h => h.GetProperty("basis").GetString() == "DESK");
        (await Post("state:ca", assign, new { organization = "county:06067" })).Status.ShouldBe(HttpStatusCode.OK, "the same decision again is no conflict");
        await _service.EventuallyAsync("select count(*) from handoffs where organization = 'county:06037' and current_state = 'WITHDRAWN'", 2, "the guess was wrong", Cancellation);

        (await Post("state:ca", assign, new { organization = "county:06059" })).Status.ShouldBe(HttpStatusCode.OK, "a wrong decision is corrected");
        await _service.EventuallyAsync("select count(*) from handoffs where organization = 'county:06067' and current_state = 'WITHDRAWN'", 2, "the first decision was wrong", Cancellation);
        var withdrawn = (await Handoffs("county:06067", 2))[0].GetProperty("handoffId").GetGuid();
        (await Post("county:06067", $"/v1/handoffs/{withdrawn}/accept")).Body.GetProperty("type").GetString()!.ShouldEndWith("/handoff-withdrawn");
        var taken = (await Handoffs("county:06059", 2))[0].GetProperty("handoffId").GetGuid();
        (await Post("county:06059", $"/v1/handoffs/{taken}/accept")).Status.ShouldBe(HttpStatusCode.OK);

        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'TAKEN'", 1, "the desk learns of the acceptance", Cancellation);
        (await Post("state:ca", assign, new { organization = "county:06037" })).Body.GetProperty("type").GetString()!.ShouldEndWith("/already-accepted");
        var decided = (await Get("state:ca", path)).Body;
        decided.GetProperty("assignments").EnumerateArray().Select(a => a.GetProperty("organization").GetString()).ShouldBe(["county:06067", "county:06059"]);
        decided.GetProperty("assignments").EnumerateArray().ShouldAllBe(a => a.GetProperty("by").GetString() != null);
        decided.GetProperty("decideBy").ValueKind.ShouldBe(JsonValueKind.String, "it stays");
    }

    [Fact]
    public async Task The_likely_county_claims_what_was_a_guess_for_all_children_and_reads_only_then()
    {
        await _service.PublishAsync(Encounter(null, null, children: 2), Cancellation);
        var guessed = await Handoffs("county:06037", 2);
        guessed.ShouldAllBe(h => h.GetProperty("confidence").GetString() == "LOW" && h.GetProperty("readsUntil").ValueKind == JsonValueKind.Null);
        var claimed = guessed[0].GetProperty("handoffId").GetGuid();

        (await Post("county:06037", $"/v1/handoffs/{claimed}/accept")).Body.GetProperty("readsUntil").ValueKind.ShouldBe(JsonValueKind.String);

        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'TAKEN' and assigned_organization = 'county:06037' and assigned_by is null", 1, "the desk need not decide", Cancellation);
        await _service.EventuallyAsync("select count(*) from handoffs where confidence = 'CLEAR' and reads_until is not null", 2, "the other child comes with it", Cancellation);
        (await Post("county:06037", $"/v1/handoffs/{claimed}/renew-access")).Status.ShouldBe(HttpStatusCode.OK);
        await _service.EventuallyAsync("select count(*) from ledger where action = 'access.renewed'", 0, "on the same day there is nothing to renew", Cancellation);
    }

    [Fact]
    public async Task Silence_is_escalated_by_a_timer_that_fires()
    {
        await _service.PublishAsync(Encounter(34.05, -118.25), Cancellation);
        await Handoffs("county:06037", 1);
        await _service.ExecuteAsync("update timers set due_at = now()", Cancellation);

        await _service.EventuallyAsync("select count(*) from handoffs where escalation_step >= 1", 1, "the first rung is told", Cancellation);
        await _service.EventuallyAsync("select count(*) from timers", 1, "the next rung has its timer", Cancellation);
    }

    [Fact]
    public async Task The_statewide_desk_sees_a_handoff_once_silence_has_escalated_it_and_no_other()
    {
        await _service.PublishAsync(Encounter(34.05, -118.25), Cancellation);
        var silent = (await Handoffs("county:06037", 1)).Single().GetProperty("handoffId").GetGuid();
        await Handoffs("state:ca", 0);
        await _service.ExecuteAsync("update timers set due_at = now()", Cancellation);
        await Handoffs("state:ca", 1);
        await _service.PublishAsync(Encounter(33.8366, -117.9143), Cancellation);
        var quiet = (await Handoffs("county:06059", 1)).Single().GetProperty("handoffId").GetGuid();

        (await Handoffs("state:ca", 1)).Single().GetProperty("handoffId").GetGuid().ShouldBe(silent);
        (await Get("state:ca", $"/v1/handoffs/{silent}")).Status.ShouldBe(HttpStatusCode.OK);
        (await Get("state:ca", $"/v1/handoffs/{quiet}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Get("state:nv", $"/v1/handoffs/{silent}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Get("state:nv", "/v1/handoffs")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Post("state:ca", $"/v1/handoffs/{silent}/accept")).Status.ShouldBe(HttpStatusCode.Forbidden, "the desk wakes the county; it does not act for it");
    }

    [Fact]
    public async Task Only_the_statewide_desk_sees_and_assigns_what_waits_there()
    {
        await _service.PublishAsync(Encounter(null, null), Cancellation);
        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'WAITING'", 1, "it waits", Cancellation);
        var id = (await Get("state:ca", "/v1/desk")).Body.GetProperty("items")[0].GetProperty("deskItemId").GetGuid();

        var item = await Get("state:ca", $"/v1/desk/{id}");
        item.Body.GetProperty("state").GetString().ShouldBe("WAITING");
        item.Body.GetProperty("reason").GetString().ShouldBe("NO_LOCATION");
        (await Get("state:ca", $"/v1/desk/{Guid.NewGuid()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var other in new[] { "state:nv", "county:06037" })
        {
            (await Get(other, "/v1/desk")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await Get(other, $"/v1/desk/{id}")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await Post(other, $"/v1/desk/{id}/assign", new { organization = "county:06067" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        }
        (await Get("state:ca", $"/v1/desk/{id}")).Body.GetProperty("state").GetString().ShouldBe("WAITING");
    }

    [Fact]
    public async Task A_page_is_asked_for_with_a_known_state_and_a_cursor_of_ones_own()
    {
        await _service.PublishAsync(Encounter(34.05, -118.25, children: 2), Cancellation);
        await _service.PublishAsync(Encounter(33.8366, -117.9143), Cancellation);
        await Handoffs("county:06037", 2);
        var others = (await Handoffs("county:06059", 1)).Single().GetProperty("handoffId").GetGuid();

        var first = await Get("county:06037", "/v1/handoffs?limit=1");
        var second = await Get("county:06037", $"/v1/handoffs?limit=1&after={first.Body.GetProperty("next").GetString()}");
        second.Body.GetProperty("items")[0].GetProperty("handoffId").GetGuid().ShouldNotBe(first.Body.GetProperty("items")[0].GetProperty("handoffId").GetGuid());
        second.Body.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null, "the last page is full, and nothing follows");
        (await Get("county:06037", "/v1/handoffs?state=ACCEPTED")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        ParametersOf(await Get("county:06037", "/v1/handoffs?state=accepted")).ShouldBe(["state"], "a code is exact");

        var anothers = (await Get("county:06037", "/v1/counties?limit=1")).Body.GetProperty("next").GetString();
        foreach (var after in new[] { others.ToString(), "x", anothers })
            ParametersOf(await Get("county:06037", $"/v1/handoffs?after={after}")).ShouldBe(["after"]);
        var wrong = await Get("county:06037", $"/v1/handoffs?state=asleep&limit=0&after={others}");
        ParametersOf(wrong).ShouldBe(["state", "limit", "after"]);
        wrong.Body.GetProperty("errors")[0].GetProperty("detail").GetString()!.ShouldContain("OPEN, NOTIFIED, ACKNOWLEDGED, ACCEPTED");
    }

    private static IEnumerable<string?> ParametersOf((HttpStatusCode Status, JsonElement Body) answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        return answer.Body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("parameter").GetString());
    }

    [Fact]
    public async Task The_same_encounter_twice_opens_one_handoff_whether_the_message_or_its_content_is_repeated()
    {
        var encounter = Encounter(34.05, -118.25);
        var messageId = Guid.NewGuid();
        await _service.PublishAsync(encounter, Cancellation, messageId);
        await _service.PublishAsync(encounter, Cancellation, messageId);
        await _service.PublishAsync(encounter, Cancellation);

        await _service.EventuallyAsync("select count(*) from inbox where consumer = 'county-routing-jurisdiction'", 2, "both messages were handled", Cancellation);
        await _service.EventuallyAsync("select count(*) from outbox", 0, "everything was sent", Cancellation);
        await Handoffs("county:06037", 1);
    }

    [Fact]
    public async Task Explaining_a_place_stores_nothing()
    {
        var (status, body) = await Post("le:CA0194200", "/v1/jurisdiction/explain", new { latitude = 33.8366, longitude = -117.9143 });

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("recipients")[0].GetProperty("organization").GetString().ShouldBe("county:06059");
        var stated = (await Post("le:CA0194200", "/v1/jurisdiction/explain", new { zip = "93252-0001" })).Body;
        stated.GetProperty("undetermined").GetString().ShouldBe("NO_LOCATION");
        stated.GetProperty("possibleOrganizations").EnumerateArray().Select(o => o.GetString()).ShouldContain("county:06029");
        var bad = await Post("le:CA0194200", "/v1/jurisdiction/explain", new { latitude = 91 });
        bad.Body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(["/latitude", "/longitude"]);
        foreach (var (county, code) in new (object, string?)[] { ("6059", null), (" 06059", null), ("059", "wrong-form"), ("06058", "wrong-form"), ("32003", "wrong-form"), (6059, "wrong-type") })
        {
            var named = await Post("le:CA0194200", "/v1/jurisdiction/explain", new { countyFips = county });
            if (code is null)
                named.Body.GetProperty("recipients")[0].GetProperty("organization").GetString().ShouldBe("county:06059");
            else
                named.Body.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}").ShouldBe([$"/countyFips {code}"]);
        }
        var child = await Post("le:CA0194200", "/v1/jurisdiction/explain", new { countyFips = "06019", agencyOri = "CA0194200", child = new { livesInLicensedHome = true } });
        child.Body.GetProperty("recipients").EnumerateArray().Select(r => r.GetProperty("organization").GetString()).ShouldBe(["county:06019", "da:06019"]);
        child.Body.GetProperty("notReached").EnumerateArray().Select(r => r.GetProperty("role").GetString()).ShouldBe(["LAW_ENFORCEMENT", "LICENSING"]);
        var wrong = await Post("le:CA0194200", "/v1/jurisdiction/explain", new { child = new { residenceCountyFips = "32003", tribeOrganization = "Yurok", name = "x" } });
        wrong.Body.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}").ShouldBe(
            ["/child/name unknown-member", "/child/residenceCountyFips wrong-form", "/child/tribeOrganization wrong-form"], "what intake takes, and nothing that names a child");
        await Handoffs("county:06059", 0);
    }

    [Fact]
    public async Task Every_decision_is_kept_and_read_by_whom_it_told_and_by_the_desk_where_it_was_asked()
    {
        var (clear, open) = (Encounter(34.05, -118.25), Encounter(null, null));
        await _service.PublishAsync(clear, Cancellation);
        await _service.PublishAsync(open, Cancellation);
        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'WAITING'", 1, "it waits", Cancellation);
        var item = (await Get("state:ca", "/v1/desk")).Body.GetProperty("items")[0].GetProperty("deskItemId").GetGuid();
        (await Post("state:ca", $"/v1/desk/{item}/assign", new { organization = "county:06067" })).Status.ShouldBe(HttpStatusCode.OK);

        (await DecidersAsync("county:06037", clear)).ShouldBe(["ROUTING"]);
        (await DecidersAsync("state:ca", clear)).ShouldBeEmpty("the desk was not asked");
        (await DecidersAsync("county:06037", open)).ShouldBe(["ROUTING"]);
        (await DecidersAsync("county:06067", open)).ShouldBe(["DESK"]);
        (await DecidersAsync("state:ca", open)).ShouldBe(["ROUTING", "DESK"]);
        (await DecidersAsync("county:06059", open)).ShouldBeEmpty();

        var decision = (await Get("county:06037", $"/v1/encounters/{clear.EncounterId}/jurisdiction")).Body.GetProperty("decisions")[0];
        decision.GetProperty("evidence").GetProperty("found").GetProperty("coordinates").GetString().ShouldBe("IN_STATE");
        decision.GetProperty("reports")[0].GetProperty("recipients")[0].GetProperty("ruleCode").GetString().ShouldBe("FOUND");
        decision.GetProperty("reports")[0].GetProperty("recipients")[0].GetProperty("rules").GetArrayLength().ShouldBeGreaterThan(0);
        decision.GetRawText().ShouldNotContain("34.05", customMessage: "coordinates are for routing");
    }

    [Fact]
    public async Task A_kept_decision_follows_from_its_facts_and_versions()
    {
        await _service.PublishAsync(Encounter(33.94, -117.985, children: 2), Cancellation);
        await Handoffs("county:06059", 2);

        await using var row = _service.Database.CreateCommand("""
            select json_build_object('undetermined', undetermined, 'told', told, 'facts', facts, 'evidence', evidence, 'reports', reports, 'versions', versions)::text from jurisdiction_decisions
            """);
        var kept = JsonSerializer.Deserialize<JurisdictionDecision>((string)(await row.ExecuteScalarAsync(Cancellation))!, WireFormat.Json)!;
        kept.Versions.Packs.Select(pack => pack.CountyFips.Text).ShouldBe(["06037"]);
        kept.ShouldFollowFrom(Maps.California);
    }

    [Fact]
    public async Task Near_another_state_the_county_responds_at_once_the_desk_sees_it_and_its_acceptance_settles_that()
    {
        var encounter = Encounter(38.9600, -119.9440);
        await _service.PublishAsync(encounter, Cancellation);

        var handoff = (await Handoffs("county:06017", 1)).Single();
        (handoff.GetProperty("confidence").GetString(), handoff.GetProperty("outerLines")[0].GetProperty("neighbor").GetString()).ShouldBe(("ON_LINE", "NV"));
        handoff.GetProperty("rule").GetString()!.ShouldContain("Nevada begins");
        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'WAITING' and reason = 'NEAR_STATE_LINE'", 1, "the desk is asked", Cancellation);
        var item = (await Get("state:ca", "/v1/desk")).Body.GetProperty("items")[0];
        var line = item.GetProperty("outerLines")[0];
        (line.GetProperty("kind").GetString(), line.GetProperty("neighbor").GetString()).ShouldBe(("STATE", "NV"));
        line.GetProperty("distanceMeters").GetInt32().ShouldBeInRange(1, 3_000);
        (await DecidersAsync("state:ca", encounter)).ShouldBe(["ROUTING"]);

        (await Post("county:06017", $"/v1/handoffs/{handoff.GetProperty("handoffId").GetString()}/accept")).Status.ShouldBe(HttpStatusCode.OK);

        await _service.EventuallyAsync("select count(*) from desk_items where current_state = 'TAKEN'", 1, "somebody has it", Cancellation);
    }

    private async Task<IEnumerable<string?>> DecidersAsync(string organization, EncounterReported encounter)
    {
        var (status, body) = await Get(organization, $"/v1/encounters/{encounter.EncounterId}/jurisdiction");
        return status == HttpStatusCode.NotFound ? [] : body.GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("decidedBy").GetString());
    }

    [Fact]
    public async Task What_is_added_to_a_report_reaches_every_item_of_the_desk_about_it_and_none_about_another_child()
    {
        var encounter = Encounter(38.58, -121.49, children: 2);
        await _service.PublishAsync(encounter, Cancellation);
        await Handoffs("county:06067", 2);
        foreach (var report in encounter.Reports)
            await _service.PublishAsync(new JurisdictionUndetermined
            {
                EncounterId = encounter.EncounterId,
                At = DateTimeOffset.UtcNow,
                DeskItemId = Guid.NewGuid(),
                Reason = UndeterminedReasons.CountySilent,
                Urgency = Urgencies.Immediate,
                Reports = [report],
            }, Cancellation);
        await _service.EventuallyAsync("select count(*) from desk_items", 2, "the desk has both", Cancellation);

        await _service.PublishAsync(new ReportSupplemented
        {
            EncounterId = encounter.EncounterId,
            At = DateTimeOffset.UtcNow,
            ReportId = encounter.Reports[0].ReportId,
            SupplementId = Guid.NewGuid(),
            Sequence = 1,
            Tells = [SupplementFacts.Missing],
            Child = new() { Missing = true },
        }, Cancellation);

        await _service.EventuallyAsync($"select count(*) from desk_items where reports @> '[{{\"missing\": true, \"reportId\": \"{encounter.Reports[0].ReportId}\"}}]'", 1, "the one about this child knows it", Cancellation);
        (await _service.QueryAsync("select count(*)::text from desk_items where reports @> '[{\"missing\": true}]'", Cancellation)).ShouldBe(["1"]);
        await _service.EventuallyAsync("select count(*) from handoffs where child @> '{\"missing\": true}'", 1, "as its handoff does", Cancellation);
    }

    [Fact]
    public async Task The_migrated_schema_is_the_models() => (await _service.SchemaDifferencesAsync(Cancellation)).ShouldBeEmpty();
}
