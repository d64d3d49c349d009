using System.Text.Json;

namespace SafeHarbor.Journeys.Tests;

/// <summary>Whole journeys through the real processes.</summary>
public sealed class JourneyTests(World world) : Journeys(world), IClassFixture<World>;

/// <summary>The journeys, in whatever world they are to go.</summary>
public abstract partial class Journeys(World world)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Count(IReadOnlyList<Entry> timeline, string type) => timeline.Count(e => e.Type == type);

    private static IEnumerable<string> Shortfalls(JsonElement receipt) => receipt.GetProperty("shortfalls").EnumerateArray().Select(s => s.GetProperty("call") is { ValueKind: JsonValueKind.Object } call
        ? $"{s.GetProperty("code")} {call.GetProperty("organization")} {call.GetProperty("phone")}" : s.GetProperty("code").GetString()!);

    private async Task<IReadOnlyList<Entry>> Complete(JsonElement receipt, int needs) =>
        await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => Count(t, "need.completed.v1") == needs && Count(t, "handoff.accepted.v1") == Count(t, "handoff.opened.v1") - Count(t, "handoff.withdrawn.v1") && Count(t, "handoff.accepted.v1") > 0,
            $"{needs} needs are met and every county has accepted", Cancellation);

    [Fact]
    public async Task A_report_in_Los_Angeles_with_three_needs_reaches_its_end_with_each_step_exactly_once()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE", "MENTAL_HEALTH", "MEDICAL_EXAM"), Cancellation);

        var timeline = await Complete(receipt, 3);

        timeline = await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => Count(t, "notice.delivered.v1") == 4, "every notice is delivered", Cancellation);
        timeline.Where(e => e.Type != "notice.failing.v1").GroupBy(e => e.Type).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(new Dictionary<string, int>
        {
            ["encounter.reported.v1"] = 1,
            ["handoff.opened.v1"] = 1,
            ["handoff.acknowledged.v1"] = 1,
            ["handoff.accepted.v1"] = 1,
            ["disclosure.granted.v1"] = 4,
            ["notice.delivered.v1"] = 4,
            ["need.opened.v1"] = 3,
            ["offer.made.v1"] = 3,
            ["offer.accepted.v1"] = 3,
            ["need.engaged.v1"] = 3,
            ["need.completed.v1"] = 3,
        }, ignoreOrder: true);
        var end = (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{receipt.GetProperty("encounterId").GetString()}", Cancellation)).Body;
        end.GetProperty("status").GetString().ShouldBe("COMPLETED");
        end.GetProperty("telephoneReport").GetProperty("required").GetBoolean().ShouldBeTrue("the electronic record never replaces the call");
        Shortfalls(receipt).ShouldBe(["NO_MEETING_POINT", "TELEPHONE_REPORT_OWED county:06037 213-555-0137"], "there is no address, and the likely county's number is known before it is routed");
        Shortfalls(end).ShouldBe(["TELEPHONE_REPORT_OWED county:06037 213-555-0137", "RECIPIENT_NOT_REACHED"], "no district attorney takes part there, each provider has met the child, and nobody has recorded the call");
    }

    [Fact]
    public async Task A_county_is_drilled_and_nobody_takes_it_for_a_report()
    {
        var routing = world.Installation.CountyRouting;
        var started = await world.Api.PostAsync(routing, "state:ca", "/v1/counties/06037/drills", new { withinMinutes = 5 }, Cancellation);
        started.IsSuccess.ShouldBeTrue(started.Body.ToString());
        var id = started.Body.GetProperty("drillId").GetString()!;

        JsonElement drill;
        for (var end = DateTime.UtcNow.AddMinutes(2); (drill = (await world.Api.GetAsync(routing, "county:06037", $"/v1/drills/{id}", Cancellation)).Body).GetProperty("state").GetString() != "ANSWERED";)
        {
            DateTime.UtcNow.ShouldBeLessThan(end, $"somebody accepts: {drill}");
            await Task.Delay(100, Cancellation);
        }

        var webhooks = world.People.Received.Where(webhook => webhook.Contains(drill.GetProperty("handoffId").GetString()!, StringComparison.Ordinal)).ToList();
        webhooks.ShouldNotBeEmpty();
        webhooks.ShouldAllBe(webhook => webhook.Contains("\"drill\":true", StringComparison.Ordinal));
        (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{id}", Cancellation)).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await world.QueryAsync("intake", $"select count(*) from timeline where encounter_id = '{id}' and type in ('disclosure.granted.v1', 'handoff.accepted.v1')", Cancellation)).ShouldBe(["1"], "it is accepted, and reads nothing");
        (await world.QueryAsync("intake", $"select (select count(*) from responders where encounter_id = '{id}') + (select count(*) from retention_rules where encounter_id = '{id}')", Cancellation)).ShouldBe(["0"]);
        (await world.QueryAsync("county-routing", $"select count(*) from jurisdiction_decisions where encounter_id = '{id}'", Cancellation)).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Within_a_kilometer_of_a_county_line_the_receipt_says_so_and_both_counties_know()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.NearOrange, "ADVOCATE"), Cancellation);

        await Complete(receipt, 1);

        var encounter = (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{receipt.GetProperty("encounterId").GetString()}", Cancellation)).Body;
        var handoffs = encounter.GetProperty("reports")[0].GetProperty("handoffs").EnumerateArray().ToList();
        handoffs.Select(h => (h.GetProperty("organization").GetString(), h.GetProperty("role").GetString(), h.GetProperty("confidence").GetString()))
            .ShouldBe([("county:06037", "RESPONDER", "ON_LINE"), ("county:06059", "COURTESY", "ON_LINE")], ignoreOrder: true);
        handoffs.ShouldAllBe(h => h.GetProperty("distanceToLineMeters").GetDouble() < 1000);
    }

    [Fact]
    public async Task A_district_attorney_that_takes_part_is_told_and_the_receipt_says_whom_the_agency_must_tell_itself()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.Fresno), Cancellation);

        await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => Count(t, "handoff.accepted.v1") == 2, "both have accepted", Cancellation);

        var end = (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{receipt.GetProperty("encounterId").GetString()}", Cancellation)).Body;
        end.GetProperty("status").GetString().ShouldBe("COMPLETED", "it is the county's acceptance that counts");
        end.GetProperty("reports")[0].GetProperty("handoffs").EnumerateArray().Select(h => (h.GetProperty("organization").GetString(), h.GetProperty("role").GetString(), h.GetProperty("state").GetString()))
            .ShouldBe([("county:06019", "RESPONDER", "ACCEPTED"), ("da:06019", "DISTRICT_ATTORNEY", "ACCEPTED")]);
        Shortfalls(end).ShouldBe(["TELEPHONE_REPORT_OWED county:06019 559-555-0119", "RECIPIENT_NOT_REACHED"], "the reporting agency is from elsewhere");
        var report = receipt.GetProperty("reports")[0].GetProperty("reportId").GetString();
        (await world.Api.GetAsync(world.Installation.Intake, "da:06019", $"/v1/reports/{report}", Cancellation)).IsSuccess.ShouldBeTrue("it has accepted, just now");
        (await world.Api.GetAsync(world.Installation.Intake, "da:06037", $"/v1/reports/{report}", Cancellation)).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_has_no_location_is_told_to_the_likely_county_lands_at_the_desk_is_assigned_there_and_goes_on()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(null, "ADVOCATE"), Cancellation);

        var timeline = await Complete(receipt, 1);

        Count(timeline, "jurisdiction.undetermined.v1").ShouldBe(1);
        timeline.Where(e => e.Type == "handoff.opened.v1").Select(e => e.Data.GetProperty("basis").GetString()).ShouldBe(["REPORTING_AGENCY", "DESK"]);
        Count(timeline, "handoff.withdrawn.v1").ShouldBe(1, "the guess was wrong");
        Shortfalls(receipt).ShouldContain("NO_COORDINATES");
        var end = (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{receipt.GetProperty("encounterId").GetString()}", Cancellation)).Body;
        Shortfalls(end).ShouldBe(["TELEPHONE_REPORT_OWED county:06067 916-555-0167", "RECIPIENT_NOT_REACHED", "RECIPIENT_NOT_REACHED"],
            "neither a district attorney nor an agency with jurisdiction takes part there, a person has decided, and the number is the county's that responds");
    }

    [Fact]
    public async Task When_the_first_provider_declines_and_the_second_lets_the_offer_expire_the_third_is_asked()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "EMERGENCY_SHELTER"), Cancellation);

        await Complete(receipt, 1);
        // Events that a service sends one after the other may be written down in another order, when the first of a kind takes its time.
        var timeline = await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => Count(t, "offer.expired.v1") > 0, "the expired offer is told", Cancellation);

        timeline.Where(e => e.Type == "offer.made.v1").Select(e => e.Data.GetProperty("provider").GetString()).ShouldBe(["second-dawn", "night-owl", "harbor-house"]);
        Count(timeline, "offer.declined.v1").ShouldBe(1);
        Count(timeline, "offer.expired.v1").ShouldBe(1);
        timeline.Single(e => e.Type == "offer.accepted.v1").Data.GetProperty("provider").GetString().ShouldBe("harbor-house");
    }

    [Fact]
    public async Task The_responding_county_reads_the_report_under_its_grant_and_the_reporter_sees_that_it_did()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE"), Cancellation);
        await Complete(receipt, 1);
        var report = receipt.GetProperty("reports")[0].GetProperty("reportId").GetString();

        var county = await world.Api.GetAsync(world.Installation.Intake, "county:06037", $"/v1/reports/{report}", Cancellation);
        var neighbor = await world.Api.GetAsync(world.Installation.Intake, "county:06059", $"/v1/reports/{report}", Cancellation);

        county.IsSuccess.ShouldBeTrue();
        county.Body.GetRawText().ShouldContain("Sample");
        neighbor.Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        var accesses = await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/reports/{report}/accesses", Cancellation);
        accesses.Body.GetRawText().ShouldContain("county:06037");
    }

    [Fact]
    public async Task The_officer_sees_how_soon_the_county_sees_the_child_that_it_has_and_that_it_closed_the_report()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE"), Cancellation);
        var timeline = await Complete(receipt, 1);
        var (encounter, handoff) = (receipt.GetProperty("encounterId").GetString()!, timeline.Single(e => e.Type == "handoff.opened.v1").Data.GetProperty("handoffId").GetString());

        // The county's pack promises to be on the scene within 90 minutes of the officer's call.
        var called = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds());
        (await world.Api.PutAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{encounter}/telephone-report", new { calledAt = called, organization = "county:06037" }, Cancellation)).IsSuccess.ShouldBeTrue();
        await world.TimelineAsync(encounter, t => Count(t, "handoff.call-counted.v1") == 1, "the call starts the county's clock", Cancellation);
        await Send("determine-response", new { level = "IMMEDIATE" });
        await Send("record-in-person", new { at = DateTimeOffset.UtcNow });
        var closed = await Send("close", new { reason = "CASE_OPENED" });

        closed.GetProperty("state").GetString().ShouldBe("CLOSED");
        await world.TimelineAsync(encounter, t => Count(t, "handoff.closed.v1") == 1 && Count(t, "handoff.responded-in-person.v1") == 1 && Count(t, "handoff.response-determined.v1") == 1, "it is told", Cancellation);
        var shown = (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{encounter}", Cancellation)).Body.GetProperty("reports")[0].GetProperty("handoffs")[0];
        (shown.GetProperty("state").GetString(), shown.GetProperty("response").GetProperty("level").GetString(), shown.GetProperty("closingReason").GetString()).ShouldBe(("CLOSED", "IMMEDIATE", "CASE_OPENED"));
        shown.GetProperty("response").GetProperty("inPersonAt").GetDateTimeOffset().ShouldBe(closed.GetProperty("response").GetProperty("inPersonAt").GetDateTimeOffset());

        var promised = shown.GetProperty("calledResponse");
        (promised.GetProperty("rule").GetString(), promised.GetProperty("law").GetProperty("ruleId").GetString(), promised.GetProperty("law").GetProperty("kind").GetString()).ShouldBe(("ON_SCENE_RESPONSE", "la-first-responder", "PROTOCOL"));
        (promised.GetProperty("calledAt").GetDateTimeOffset(), promised.GetProperty("inPersonBy").GetDateTimeOffset()).ShouldBe((called, called.AddMinutes(90)));
        promised.GetProperty("inPersonAt").GetDateTimeOffset().ShouldBe(shown.GetProperty("response").GetProperty("inPersonAt").GetDateTimeOffset(), "one visit is both");

        async Task<JsonElement> Send(string what, object body)
        {
            var answer = await world.Api.PostAsync(world.Installation.CountyRouting, "county:06037", $"/v1/handoffs/{handoff}/{what}", body, Cancellation);
            answer.IsSuccess.ShouldBeTrue(answer.Body.GetRawText());
            return answer.Body;
        }
    }

    [Fact]
    public async Task A_county_refers_a_report_on_and_responds_until_the_next_has_accepted()
    {
        var receipt = await world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE"), Cancellation);
        var timeline = await Complete(receipt, 1);
        var (encounter, handoff) = (receipt.GetProperty("encounterId").GetString()!, timeline.Single(e => e.Type == "handoff.opened.v1").Data.GetProperty("handoffId").GetString());

        var referred = await world.Api.PostAsync(world.Installation.CountyRouting, "county:06037", $"/v1/handoffs/{handoff}/refer-on", new { organization = "county:06059", reason = "LIVES_THERE" }, Cancellation);

        referred.Body.GetProperty("state").GetString().ShouldBe("REFERRING");
        await world.TimelineAsync(encounter, t => Count(t, "handoff.taken-over.v1") == 1 && Count(t, "handoff.accepted.v1") == 2 && Count(t, "disclosure.ended.v1") == 1, "the next has accepted", Cancellation);
        var end = (await world.Api.GetAsync(world.Installation.Intake, World.Officer, $"/v1/encounters/{encounter}", Cancellation)).Body;
        var handoffs = end.GetProperty("reports")[0].GetProperty("handoffs").EnumerateArray().ToList();
        handoffs.Select(h => $"{h.GetProperty("organization")} {h.GetProperty("state")} {h.GetProperty("referrals")[0].GetProperty("reason")}").ShouldBe(["county:06059 ACCEPTED LIVES_THERE", "county:06037 REFERRED_ON LIVES_THERE"]);
        var need = (await world.Api.GetAsync(world.Installation.CaseServices, "county:06059", "/v1/needs", Cancellation)).Body.GetProperty("items").EnumerateArray()
            .Where(n => n.GetProperty("reportId").GetString() == receipt.GetProperty("reports")[0].GetProperty("reportId").GetString());
        need.ShouldHaveSingleItem();
        (await world.Api.GetAsync(world.Installation.Intake, "county:06037", $"/v1/reports/{receipt.GetProperty("reports")[0].GetProperty("reportId").GetString()}", Cancellation)).Status
            .ShouldBe(System.Net.HttpStatusCode.NotFound, "it reads no longer");
    }
}
