using Npgsql;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Intake.Tests.Timeline;

[Collection(typeof(OneIntake))]
public sealed class TimelineTests(RunningIntake running)
{
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task Another_agency_does_not_see_the_encounter()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        foreach (var (method, path, body) in new[] { (HttpMethod.Get, "", null), (HttpMethod.Put, "/telephone-report", Sample.Call()) })
            (await _intake.SendAsync(method, $"/v1/encounters/{created.EncounterId}{path}", body, organization: "le:CA0370000")).Status.ShouldBe(404);
        (await _intake.SendAsync(HttpMethod.Get, "/v1/encounters?limit=200", organization: "le:CA0370000")).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_agency_pages_through_its_encounters_from_the_newest_on()
    {
        var created = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 3))
            created.Add((await _intake.PostAsync(Sample.Encounter())).EncounterId);
        created.Sort((a, b) => b.CompareTo(a));

        var seen = new List<Guid>();
        for (string? next = ""; seen.Count < 3 && next is not null;)
        {
            var page = (await _intake.GetAsync($"/v1/encounters?limit=1{next}")).Json;
            seen.AddRange(page["items"]!.AsArray().Select(e => e!["encounterId"]!.GetValue<Guid>()));
            next = page["next"] is { } cursor ? $"&after={cursor}" : null;
        }

        seen.ShouldBe(created);
        (await _intake.GetAsync("/v1/encounters?limit=0")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task An_agency_finds_its_encounters_by_the_incidents_number_and_by_when_they_were_received()
    {
        var (first, second) = (await _intake.PostAsync(Sample.Encounter("LIST-26/1")), await _intake.PostAsync(Sample.Encounter("LIST-26/2")));
        var between = second.Json["receivedAt"]!.GetValue<string>();

        async Task<IEnumerable<Guid>> FindAsync(string query, string organization = $"le:{TestIntake.Agency}") =>
            (await _intake.SendAsync(HttpMethod.Get, $"/v1/encounters?limit=200&{query}", organization: organization)).Json["items"]!.AsArray().Select(e => e!["encounterId"]!.GetValue<Guid>());

        (await FindAsync("incidentNumber=LIST-26/1")).ShouldBe([first.EncounterId]);
        (await FindAsync($"incidentNumber=LIST-26/2&since={between}")).ShouldBe([second.EncounterId], "what was given as an instant finds what it was given of");
        (await FindAsync("incidentNumber=LIST-26/2&since=2100-01-01T00:00:00Z")).ShouldBeEmpty();
        (await FindAsync("incidentNumber=LIST-26/1", "le:CA0370000")).ShouldBeEmpty("another agency's incident may have the same number");
        (await _intake.GetAsync("/v1/encounters?incidentNumber=%3Cscript%3E")).Errors.ShouldBe(["incidentNumber wrong-form"]);
    }

    [Fact]
    public async Task A_long_poll_answers_when_there_is_news_and_tells_only_that()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 1, "the event comes back");
        var next = (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json["next"]!.GetValue<string>();
        var poll = _intake.GetAsync($"/v1/encounters/{created.EncounterId}?after={next}&wait=30");

        await _intake.PublishAsync(Sample.Opened(created.EncounterId, created.ReportId));

        var answer = await poll;
        answer.Json["timeline"]!.AsArray().ShouldHaveSingleItem()!["type"]!.GetValue<string>().ShouldBe("handoff.opened.v1");
        answer.Json["status"]!.GetValue<string>().ShouldBe("ROUTED");
        var quiet = await _intake.GetAsync($"/v1/encounters/{created.EncounterId}?after={answer.Json["next"]}&wait=1");
        quiet.Status.ShouldBe(200);
        quiet.Json["timeline"]!.AsArray().ShouldBeEmpty();
        quiet.Json["next"]!.GetValue<string>().ShouldBe(answer.Json["next"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_message_twice_is_on_the_timeline_once()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        var (opened, id) = (Sample.Opened(created.EncounterId, created.ReportId), Guid.NewGuid());
        await _intake.PublishAsync(opened, id);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 2, "the report and the handoff are there");
        await _intake.PublishAsync(opened, id);
        await _intake.PublishAsync(opened with { Role = Role.Courtesy, HandoffId = Guid.NewGuid() });

        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and data->>'role' = 'COURTESY'", 1, "the last one arrives");
        (await _intake.CountAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'")).ShouldBe(3);
    }

    [Fact]
    public async Task An_entry_is_never_visible_before_one_with_a_smaller_number_of_the_same_encounter()
    {
        var encounter = Guid.NewGuid();
        var insert = $"insert into timeline (message_id, encounter_id, at, type, data) values (gen_random_uuid(), '{encounter}', now(), 'test.written.v1', '{{}}') returning sequence";
        await using var one = await _intake.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var first = await one.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var slow = new NpgsqlCommand(insert, one, first);
        var slowSequence = (long)(await slow.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        var fast = _intake.CountAsync(insert);
        await _intake.EventuallyAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())", 1, "the second writer waits");

        fast.IsCompleted.ShouldBeFalse();
        await first.CommitAsync(TestContext.Current.CancellationToken);

        (await fast).ShouldBeGreaterThan(slowSequence);
    }
}
