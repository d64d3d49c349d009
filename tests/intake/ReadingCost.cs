using System.Diagnostics;

namespace SafeHarbor.Intake.Tests;

/// <summary>
/// What access check and ledger add to the reading of a report: no test but a measurement, for who asks
/// (<c>--explicit only --filter-class *ReadingCost --show-live-output on</c>).
/// </summary>
public sealed class ReadingCost(RunningIntake running, ITestOutputHelper output) : IClassFixture<RunningIntake>
{
    private const int Reads = 2000;

    private readonly TestIntake _intake = running.Intake;

    [Fact(Explicit = true)]
    public async Task Of_access_check_and_ledger()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["telephoneReport"] = Sample.Call()));
        await _intake.CountAsync($"""
            insert into grants values (gen_random_uuid(), '{created.EncounterId}', '{created.ReportId}', 'county:06037', 'COUNTY', 'PC 11166(k)', now(), now() + interval '1 day') returning 1
            """);
        var statements = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (statements)
                    statements.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        List<double> whole = [], ledger = [], select = [];
        for (var i = 0; i < Reads; i++)
        {
            lock (statements)
                statements.Clear();
            var trace = ActivityTraceId.CreateRandom();
            var answer = await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read",
                headers: ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01"));
            answer.Status.ShouldBe(200);
            // Settled after the answer, and by nobody else's read.
            lock (statements)
            {
                var own = statements.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc).ToList();
                var spans = own.Where(span => span.Source.Name == "Npgsql").ToList();
                if (i < Reads / 10 || spans.Count != 3)
                    continue;
                whole.Add(own.FirstOrDefault(span => span.Source.Name == "Microsoft.AspNetCore")?.Duration.TotalMilliseconds ?? 0);
                select.Add(spans[0].Duration.TotalMilliseconds);
                ledger.Add(spans[2].Duration.TotalMilliseconds);
            }
        }
        // As the owner, whom row-level security does not bind, and without the grant.
        List<double> bare = [];
        for (var i = 0; i < Reads; i++)
        {
            var clock = Stopwatch.StartNew();
            await _intake.CountAsync($"""
                select count(*) from reports r join encounters e on e.encounter_id = r.encounter_id
                left join lateral (select * from telephone_reports t where t.encounter_id = r.encounter_id order by recorded_at desc limit 1) t on true where r.report_id = '{created.ReportId}'
                """);
            if (i >= Reads / 10)
                bare.Add(clock.Elapsed.TotalMilliseconds);
        }
        output.WriteLine($"{ledger.Count} reads; whole request {Of(whole)} ms; what it reads, with access check {Of(select)} ms, without {Of(bare)} ms; ledger {Of(ledger)} ms (median, 95 %)");
    }

    private static string Of(List<double> values)
    {
        values.Sort();
        return $"{values[values.Count / 2]:0.00}, {values[(int)(values.Count * 0.95)]:0.00}";
    }
}
