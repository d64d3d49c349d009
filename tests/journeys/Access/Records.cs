using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Journeys.Tests.Access;

/// <summary>What one journey has left behind: records of every kind, and who has what to do with them.</summary>
internal sealed class Records
{
    private const string County = "county:06037";
    private const string State = "state:ca";

    private readonly World _world;
    private readonly Dictionary<string, string[]> _holders;
    private readonly Dictionary<string, Func<ServiceKind, Task<string>>> _ids;
    private readonly object _reported;

    private Records(World world, object reported, string encounter, string report, string desk, IReadOnlyList<Entry> timeline)
    {
        (_world, _reported) = (world, reported);
        string Of(string type, string member) => timeline.First(e => e.Type == type).Data.GetProperty(member).GetString()!;
        Func<ServiceKind, Task<string>> Known(string id) => _ => Task.FromResult(id);
        var provider = $"provider:{Of("offer.accepted.v1", "provider")}";
        _holders = new()
        {
            ["agency named in the report"] = [World.Officer],
            ["reporting agency"] = [World.Officer],
            ["live grant"] = [County, provider],
            ["reporting agency, or live grant"] = [World.Officer, County, provider],
            ["county with a live grant"] = [County],
            ["responding county with a live grant, or the state"] = [County, State],
            // The row before it, which is played first, has destroyed the report.
            ["reporting agency, whoever has or had a grant, and the state"] = [World.Officer, County, provider, State],
            ["the county itself, or the state"] = [County, State],
            ["county of the drill, or the state"] = [County, State],
            ["recipient of the handoff"] = [County],
            ["recipient of the handoff, or the state once escalated"] = [County],
            ["told by a decision, or the desk when asked"] = [County],
            ["provider of the offer"] = [provider],
            ["provider of the need"] = [provider],
            ["county of the need"] = [County],
            ["county or provider of the need"] = [County, provider],
            // Of the sample data: each of these counties has a contract with harbor-house.
            ["keeper of the provider"] = [County, "county:06067", State],
            ["provider or its keeper"] = [County, "county:06067", State, "provider:harbor-house"],
            ["reviewer of the emergency access"] = [County],
            ["reviewer of the emergency access, or who opened it"] = [County],
            ["organization of the reader, or the state"] = [County, State],
            ["owner of the endpoint"] = [County],
            ["recipient of the notice"] = [County],
        };
        var notice = timeline.First(e => e.Type == "notice.delivered.v1" && e.Data.GetProperty("organization").GetString() == County).Data.GetProperty("noticeId").GetString()!;
        var emergency = new Lazy<Task<string>>(() => OpenAsync(report));
        _ids = new()
        {
            ["parked"] = ParkAsync,
            ["encounters"] = Known(encounter),
            ["reports"] = Known(report),
            // Opened when it is asked for, and once: from then on more have a grant for the report.
            ["emergency-accesses"] = _ => emergency.Value,
            ["unusual-readings"] = _ => FindUnusualAsync(encounter, report),
            ["counties"] = Known("06037"),
            ["handoffs"] = Known(Of("handoff.opened.v1", "handoffId")),
            ["desk"] = Known(desk),
            ["nodes"] = _ => AddNodeAsync(),
            ["drills"] = _ => DrillAsync(),
            // A new one whenever it is asked for, because it may be deleted.
            ["endpoints"] = _ => RegisterAsync(),
            ["notices"] = Known(notice),
            ["feed"] = Known(notice),
            ["offers"] = Known(Of("offer.accepted.v1", "offerId")),
            ["needs"] = Known(Of("offer.accepted.v1", "needId")),
            ["providers"] = Known("harbor-house"),
        };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Plays a report that is accepted and served, and one that lands at the desk.</summary>
    public static async Task<Records> PlayAsync(World world)
    {
        var reported = SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE");
        var receipt = await world.ReportAsync(reported, Cancellation);
        var encounter = receipt.GetProperty("encounterId").GetString()!;
        var report = receipt.GetProperty("reports")[0].GetProperty("reportId").GetString()!;
        var undetermined = (await world.ReportAsync(SampleEncounters.At(null), Cancellation)).GetProperty("encounterId").GetString()!;
        var timeline = await world.TimelineAsync(encounter, t => t.Any(e => e.Type == "need.completed.v1") && t.Any(e => e.Type == "handoff.accepted.v1")
            && t.Count(e => e.Type == "notice.delivered.v1") >= 2 && t.Count(e => e.Type == "disclosure.granted.v1") >= 2, "the journey ends", Cancellation);
        var assigned = await world.TimelineAsync(undetermined, t => t.Any(e => e.Type == "jurisdiction.assigned.v1"), "the desk assigns", Cancellation);
        var desk = assigned.First(e => e.Type == "jurisdiction.undetermined.v1").Data.GetProperty("deskItemId").GetString()!;
        var records = new Records(world, reported, encounter, report, desk, timeline);
        foreach (var holder in records._holders["live grant"])
            while (!(await world.Api.GetAsync(world.Installation.Intake, holder, $"/v1/reports/{report}", Cancellation)).IsSuccess)
                await Task.Delay(50, Cancellation);
        return records;
    }

    /// <summary>Whether the organization has this relation to the record.</summary>
    public bool Has(string organization, string relation) => relation == "any"
        || (_holders.TryGetValue(relation, out var holders) ? holders.Contains(organization) : throw new InvalidOperationException($"Nobody is said to be '{relation}': name who is, in {nameof(Records)}."));

    /// <summary>The id of a record of the journey; empty when the row is about none.</summary>
    public Task<string> IdAsync(AccessRow row) => !row.NamesRecord && !row.IsList ? Task.FromResult("")
        : _ids.TryGetValue(row.Collection, out var id)
        ? id(row.Service)
        : throw new InvalidOperationException($"There is no record of the kind '{row.Collection}' in {nameof(Records)}: name one.");

    /// <summary>An id of the same form that no record has.</summary>
    public static string AbsentId(AccessRow row) => row.Collection switch
    {
        "parked" => "9999999999",
        "counties" => "06999",
        "providers" => "no-such-provider",
        _ => Guid.CreateVersion7().ToString(),
    };

    private static readonly string[] English = ["en"];
    private static readonly object[] Advocates = [new { type = "ADVOCATE", ageBands = new[] { "13_TO_15" }, genders = new[] { "female" } }];

    /// <summary>A body with which a request gets as far as the record; nothing is created by it that was not there before.</summary>
    public object Body(AccessRow row) => $"{row.Method} {row.Path}" switch
    {
        "POST /v1/encounters" or "POST /v1/encounters/validate" => _reported,
        "PUT /v1/encounters/{encounterId}/telephone-report" => new { calledAt = DateTimeOffset.UtcNow.AddMinutes(-5), agency = "Hotline", contact = "Worker", referralNumber = "1" },
        "PUT /v1/reports/{reportId}/whereabouts" => new { holder = "OFFICER", since = DateTimeOffset.UtcNow.AddMinutes(-5) },
        "POST /v1/reports/{reportId}/supplements" => new { narrative = "Invented" },
        "POST /v1/reports/{reportId}/retract" => new { reason = "SENT_IN_ERROR" },
        "PUT /v1/reports/{reportId}/worker" => new { name = "Sample Worker", phone = "213-555-0150" },
        "POST /v1/reports/{reportId}/emergency-access" => new { reason = "CHILD_IN_DANGER" },
        "POST /v1/emergency-accesses/{emergencyAccessId}/review" => new { outcome = "JUSTIFIED" },
        "POST /v1/reports/{reportId}/sealing-order" => new { court = "06037", orderedOn = "2020-01-06", reference = "JV-1" },
        "POST /v1/offers/{offerId}/decline" => new { reason = "NO_CAPACITY" },
        // To a county that nobody plays: its own goes on responding, because that one never accepts.
        "POST /v1/handoffs/{handoffId}/refer-on" => new { organization = "county:06111", reason = "CHILD_IS_THERE" },
        "POST /v1/handoffs/{handoffId}/determine-response" => new { level = "IMMEDIATE" },
        "POST /v1/handoffs/{handoffId}/record-in-person" => new { at = DateTimeOffset.UtcNow.AddMinutes(-5) },
        "POST /v1/handoffs/{handoffId}/close" => new { reason = "CHILD_NOT_FOUND" },
        "POST /v1/desk/{deskItemId}/assign" => new { organization = "county:06067" },
        // Without If-Match these change nothing.
        "PUT /v1/counties/{countyFips}" => new { escalation = new { rungs = new[] { new { afterMinutes = 0, organization = State } } } },
        "PUT /v1/providers/{slug}" => new { name = "Provider", languages = English, services = Advocates },
        "POST /v1/endpoints/{endpointId}/confirm" => new { challenge = "whatever" },
        "POST /v1/endpoints/{endpointId}/recover" => new { since = DateTimeOffset.UtcNow },
        _ => new { },
    };

    // By a county that none of the callers is: those have opened the report themselves by then.
    private async Task<string> OpenAsync(string report)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_world.Installation.Intake.Address, $"/v1/reports/{report}/emergency-access"))
        {
            Content = JsonContent.Create(new { reason = "CHILD_IN_DANGER" }),
            Headers = { Authorization = new("Bearer", _world.Installation.Keys.Token("county:06001", ["reports.emergency"])) },
        };
        using var answer = await http.SendAsync(request, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("emergencyAccessId").GetString()!;
    }

    private async Task<string> FindUnusualAsync(string encounter, string report) => (await _world.QueryAsync("intake", $"""
        insert into unusual_readings (unusual_reading_id, organization, subject, rule, since, found_at, report_id, encounter_id, reports, counties)
        values (gen_random_uuid(), '{County}', 'access-tests', 'MANY', now(), now(), '{report}', '{encounter}', 20, 0) returning unusual_reading_id
        """, Cancellation))[0];

    private async Task<string> AddNodeAsync() => (await _world.QueryAsync("county-routing", """
        insert into nodes (correlation_id, current_state, state_since, name, organizations, waiting, heard_at)
        values (gen_random_uuid(), 'LEFT', now(), 'access-tests', '[]', 0, now()) returning correlation_id
        """, Cancellation))[0];

    private async Task<string> RegisterAsync()
    {
        var answer = await _world.Api.PostAsync(_world.Installation.Notification, County, "/v1/endpoints", new { url = "http://127.0.0.1:9/" }, Cancellation);
        return answer.Body.GetProperty("endpointId").GetString()!;
    }

    private async Task<string> DrillAsync()
    {
        var answer = await _world.Api.PostAsync(_world.Installation.CountyRouting, County, "/v1/counties/06037/drills", new { }, Cancellation);
        return answer.Body.GetProperty("drillId").GetString()!;
    }

    // Discarded, so that no attempt sends it.
    private async Task<string> ParkAsync(ServiceKind service) => (await _world.QueryAsync(service.Name, """
        insert into parked (message_id, destination, type, body, ordering_key, sent_at, source, error_type, error, state)
        values (gen_random_uuid(), 'queue:nowhere', 'nothing.v1', '{}', gen_random_uuid(), now(), 'access-tests', 'None', '', 'DISCARDED') returning id
        """, Cancellation))[0];
}
