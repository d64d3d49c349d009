using System.Collections.Concurrent;
using System.Diagnostics;

namespace SafeHarbor.Intake.Tests;

/// <summary>How often a request asks the database, told by the spans of its trace.</summary>
public sealed class RoundTripTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task Reporting_an_encounter_looks_once_and_commits_once()
    {
        (await CountAsync(trace => _intake.PostAsync(Sample.Encounter(), trace), 201)).ShouldBe(2);
        (await CountAsync(trace => _intake.PostAsync(Sample.Encounter(), trace, ("Idempotency-Key", Guid.NewGuid().ToString())), 201)).ShouldBe(2);
    }

    [Fact]
    public async Task Reading_an_encounter_is_one_round_trip_and_one_for_the_ledger_when_it_is_the_callers()
    {
        var created = await ReportedAsync();

        (await CountAsync(trace => ReadAsync(created, "", TestIntake.Agency, trace), 200)).ShouldBe(2);
        (await CountAsync(trace => ReadAsync(created, "?wait=30", TestIntake.Agency, trace), 200)).ShouldBe(2);
        (await CountAsync(trace => ReadAsync(created, "?wait=30", "CA0370000", trace), 404)).ShouldBe(1);
    }

    [Fact]
    public async Task A_cursor_beyond_the_end_is_refused_at_the_first_look_whoever_waits()
    {
        // Entries are numbered through all encounters.
        var (older, newer) = (await ReportedAsync(), await ReportedAsync());
        var beyond = (await _intake.GetAsync($"/v1/encounters/{newer.EncounterId}")).Json["next"]!.GetValue<string>();

        (await CountAsync(trace => ReadAsync(older, $"?after={beyond}&wait=30", TestIntake.Agency, trace), 400)).ShouldBe(1);
    }

    [Fact]
    public async Task Reading_a_report_is_one_round_trip_one_for_its_keys_and_one_for_the_ledger()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["telephoneReport"] = Sample.Call()));
        await _intake.CountAsync($"""
            insert into grants values (gen_random_uuid(), '{created.EncounterId}', '{created.ReportId}', 'county:06037', 'COUNTY', 'PC 11166(k)', now(), now() + interval '1 day') returning 1
            """);

        Task<Answer> ReadAsync(params (string, string)[] headers) =>
            _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read", headers: headers);
        // The first read opens connections.
        (await ReadAsync()).Status.ShouldBe(200);
        (await CountAsync(trace => ReadAsync(trace), 200)).ShouldBe(3);
    }

    private async Task<Answer> ReportedAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}'", 1, "the timeline begins");
        return created;
    }

    private Task<Answer> ReadAsync(Answer created, string query, string agency, (string, string) trace) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/encounters/{created.EncounterId}{query}", organization: $"le:{agency}", headers: trace);

    private static async Task<int> CountAsync(Func<(string, string), Task<Answer>> request, int status)
    {
        var trace = ActivityTraceId.CreateRandom();
        var statements = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.Source.Name == "Npgsql" && span.TraceId == trace)
                    statements.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);

        var answer = await request(("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));

        answer.Status.ShouldBe(status, answer.Body);
        return statements.Count;
    }
}
