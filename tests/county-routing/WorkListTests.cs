using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Tests;

/// <summary>The lists that a county's workers and the statewide desk work by: what is due next first, and what they ask to see.</summary>
public sealed class WorkListTests : IAsyncLifetime
{
    private const string County = "county:06037";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await RunningService.StartAsync(Cancellation);
        // One of each, of which the tests make more.
        await _service.PublishAsync(Encounter(new(34.05, -118.25, 15)), Cancellation);
        await _service.PublishAsync(Encounter(null), Cancellation);
        await _service.EventuallyAsync($"select count(*) from handoffs, desk_items where organization = '{County}'", 2, "a handoff, one that is guessed, and an item of the desk", Cancellation);
    }

    public async ValueTask DisposeAsync() => await _service.DisposeAsync();

    [Fact]
    public async Task Handoffs_come_by_what_is_due_next_and_then_the_newest_also_where_many_are_due_at_once()
    {
        await HandoffsAsync(
            ("late", "OPEN", "now() - interval '1 hour'", "now() - interval '2 hours'"),
            ("soon", "NOTIFIED", "now() + interval '1 hour'", "now() - interval '3 hours'"),
            ("same1", "OPEN", "'2100-01-01'", "'2020-01-01'"), ("same2", "OPEN", "'2100-01-01'", "'2020-01-01'"), ("same3", "OPEN", "'2100-01-01'", "'2020-01-01'"),
            ("done1", "ACCEPTED", "null", "'2020-01-01'"), ("done2", "ACCEPTED", "null", "'2020-01-03'"), ("done3", "WITHDRAWN", "null", "'2020-01-02'"));

        var rules = await ListAsync(County, "/v1/handoffs");

        rules.ShouldBe(["late", "soon", "same1", "same2", "same3", "done2", "done3", "done1"]);
    }

    [Fact]
    public async Task Handoffs_are_found_by_what_a_worker_needs_and_all_of_it_at_once()
    {
        await HandoffsAsync(
            ("late", "OPEN", "now() - interval '1 second'", "now() - interval '2 hours'"), ("soon", "NOTIFIED", "now() + interval '1 hour'", "now() - interval '1 hour'"),
            ("seen", "ACKNOWLEDGED", "null", "'2020-01-02'"), ("done", "ACCEPTED", "null", "'2020-01-01'"));
        await _service.ExecuteAsync($"""
            update handoffs set urgency = 'PROMPT', role = 'DEPENDENCY', report_id = '{Guid.Empty}', correlation_id = '{HandoffIds.Handoff(Guid.Empty, Organization.Parse(County))}' where rule = 'soon'
            """, Cancellation);

        foreach (var (query, expected) in new[]
        {
            ("open=true", "late soon seen"), ("open=false", "done"), ("overdue=true", "late"), ("overdue=false", "soon seen done"), ("state=NOTIFIED", "soon"),
            ("urgency=PROMPT", "soon"), ("role=DEPENDENCY", "soon"), ($"reportId={Guid.Empty}", "soon"), ("since=2020-01-02T00:00:00Z", "late soon seen"),
            ("since=2020-01-02T01:00:00%2B01:00&open=true&overdue=false", "soon seen"), ("role=RESPONDER&urgency=PROMPT", ""), ("role=TRIBE", ""), ("open=false&overdue=true", ""), ("open=true&state=ACKNOWLEDGED", "seen"),
        })
            string.Join(' ', await ListAsync(County, "/v1/handoffs", query)).ShouldBe(expected, query);
        (await ListAsync("county:06059", "/v1/handoffs", $"reportId={Guid.Empty}")).ShouldBeEmpty("what is another's is in no list");
        (await ListAsync("state:ca", "/v1/handoffs", "open=true")).ShouldBeEmpty("nothing was escalated");
        foreach (var unknown in new[] { "role=Responder", "urgency=SOON", "open=maybe", "reportId=7", "since=yesterday" })
            ((int)(await _service.Caller(County).GetAsync($"/v1/handoffs?{unknown}", Cancellation)).StatusCode).ShouldBe(400, unknown);
    }

    [Fact]
    public async Task A_handoff_says_what_is_due_and_nothing_once_it_was_accepted()
    {
        var handoff = (await _service.Caller(County).GetFromJsonAsync<JsonElement>("/v1/handoffs", Cancellation)).GetProperty("items")[0];
        handoff.GetProperty("dueAt").GetString().ShouldBe(handoff.GetProperty("acknowledgeBy").GetString());

        var seen = await PostAsync(handoff, "acknowledge");
        var accepted = await PostAsync(handoff, "accept");

        seen.GetProperty("dueAt").GetString().ShouldBe(seen.GetProperty("acceptBy").GetString());
        seen.GetProperty("dueAt").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
        accepted.GetProperty("dueAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ListAsync(County, "/v1/handoffs", $"open=true&reportId={handoff.GetProperty("reportId")}")).ShouldBeEmpty("what the database holds is what the handoff says");
        (await ListAsync(County, "/v1/handoffs", $"open=false&reportId={handoff.GetProperty("reportId")}")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_desk_has_what_waits_longest_first_and_what_was_decided_last()
    {
        await MakeAsync("desk_items", "reason",
            ("late", "WAITING", "now() - interval '1 hour'", "'2020-01-01'"), ("next", "WAITING", "now() + interval '1 hour'", "'2020-01-01'"),
            ("one", "WAITING", "'2100-01-01'", "'2020-01-01'"), ("two", "WAITING", "'2100-01-01'", "'2020-01-01'"),
            ("given", "ASSIGNED", "null", "'2020-01-03'"), ("taken", "TAKEN", "null", "'2020-01-02'"));
        await _service.ExecuteAsync("update desk_items set urgency = 'PROMPT' where reason = 'next'", Cancellation);

        foreach (var (query, expected) in new[]
        {
            ("", "late next one two given taken"), ("open=true", "late next one two"), ("open=false", "given taken"), ("overdue=true", "late"), ("state=TAKEN", "taken"),
            ("urgency=PROMPT", "next"), ("since=2020-01-02T00:00:00Z", "given taken"),
        })
            string.Join(' ', await ListAsync("state:ca", "/v1/desk", query)).ShouldBe(expected, query);
    }

    private static EncounterReported Encounter(FoundLocation? location) => new()
    {
        EncounterId = Guid.NewGuid(),
        At = DateTimeOffset.UtcNow,
        AgencyOri = "CA0194200",
        Location = location,
        Urgency = Urgencies.Immediate,
        Reports = [new() { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.From13To15, Gender = "female", Needs = [] }],
    };

    private Task HandoffsAsync(params (string Name, string State, string Due, string Opened)[] handoffs) => MakeAsync("handoffs", "rule", handoffs);

    /// <summary>Rows like the one that is there, instead of it; ids are in the order of the list.</summary>
    private async Task MakeAsync(string table, string name, params (string Name, string State, string Due, string Opened)[] rows)
    {
        foreach (var (index, row) in rows.Index())
        {
            await _service.ExecuteAsync($"""
                insert into {table} select (jsonb_populate_record(t, jsonb_build_object('correlation_id', '{index + 1:00000000}-0000-0000-0000-000000000000', '{name}', '{row.Name}',
                    'current_state', '{row.State}', 'due_at', ({row.Due})::timestamptz, '{(table == "handoffs" ? "acknowledge_by" : "decide_by")}', coalesce({row.Due}, now())::timestamptz, 'opened_at', ({row.Opened})::timestamptz))).* from {table} t order by correlation_id desc limit 1
                """, Cancellation);
        }
        await _service.ExecuteAsync($"delete from {table} where correlation_id::text not like '%-0000-0000-0000-000000000000'", Cancellation);
    }

    /// <summary>The names of all that follows the cursors, two a page.</summary>
    private async Task<IReadOnlyList<string>> ListAsync(string organization, string list, string query = "")
    {
        var found = new List<string>();
        for (string? after = ""; after is not null;)
        {
            var page = await _service.Caller(organization).GetFromJsonAsync<JsonElement>($"{list}?limit=2&{query}{after}", Cancellation);
            found.Count.ShouldBeLessThan(20, "the pages come to an end");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(list == "/v1/desk" ? "reason" : "rule").GetString()!));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }
        return found;
    }

    private async Task<JsonElement> PostAsync(JsonElement handoff, string command)
    {
        using var answer = await _service.Caller(County).PostAsJsonAsync($"/v1/handoffs/{handoff.GetProperty("handoffId")}/{command}", new { }, Cancellation);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}
