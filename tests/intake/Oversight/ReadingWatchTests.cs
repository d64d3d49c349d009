using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Intake.Tests.Oversight;

/// <summary>From a read to what is told of it, over the running service.</summary>
public sealed class ReadingWatchTests : IAsyncLifetime
{
    private TestIntake _intake = null!;

    public async ValueTask InitializeAsync() => _intake = await TestIntake.StartAsync(("UnusualReading:Within", "1.00:00:00"), ("UnusualReading:ManyReports", "3"),
        ("UnusualReading:FarCounties", "2"));

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    [Fact]
    public async Task Who_reads_many_reports_is_told_of_once_however_many_follow()
    {
        for (var i = 0; i < 5; i++)
        {
            var created = await ReportAsync();
            // The same report again is not another one.
            await ReadAsync(created);
            await ReadAsync(created);
        }

        await _intake.EventuallyAsync("select count(*) from unusual_readings where rule = 'MANY' and organization = 'county:06037' and reports >= 3", 1, "it is found");
        await _intake.EventuallyAsync("select count(*) from timeline where type = 'disclosure.unusual-reading.v1'", 1, "a timeline says so");
        await SeenAllAsync();
        (await _intake.CountAsync("select count(*) from unusual_readings")).ShouldBe(1);
        (await _intake.CountAsync("select count(*) from ledger where action = 'reading.unusual' and subject = 'tester-of-county:06037'")).ShouldBe(1);
        (await _intake.CountAsync("select count(*) from timeline where type = 'disclosure.unusual-reading.v1' and data::text like '%tester%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_reads_reports_of_several_other_counties_is_told_of()
    {
        foreach (var county in new[] { "06037", "06059", "06073" })
        {
            var created = await ReportAsync();
            await RespondsAsync(created, county);
            await ReadAsync(created);
            await SeenAllAsync();
            // 06037 is the reader's own county: the other two make the finding.
            (await _intake.CountAsync("select count(*) from unusual_readings where rule = 'FAR'")).ShouldBe(county == "06073" ? 1 : 0);
        }
    }

    private async Task<Answer> ReportAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        await _intake.CountAsync($"""
            insert into grants values (gen_random_uuid(), '{created.EncounterId}', '{created.ReportId}', 'county:06037', '{Tiers.County}', 'PC 11166(k)', now(), now() + interval '1 day') returning 1
            """);
        return created;
    }

    private async Task RespondsAsync(Answer created, string county)
    {
        await _intake.PublishAsync(new HandoffOpened
        {
            EncounterId = created.EncounterId,
            At = DateTimeOffset.UtcNow,
            ReportId = created.ReportId,
            HandoffId = Guid.NewGuid(),
            Organization = Organization.Parse($"county:{county}"),
            OrganizationName = county,
            Role = Role.Responder,
            Basis = Bases.FoundLocation,
            Confidence = Confidences.Clear,
            Rule = "R",
            Child = new ReportedChild { ReportId = created.ReportId, ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = "UNKNOWN", Gender = "unknown" },
            Urgency = Urgencies.Prompt,
            AcknowledgeBy = DateTimeOffset.UtcNow.AddHours(1),
        });
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'handoff.opened.v1'", 1, "the handoff is on the timeline");
    }

    private async Task ReadAsync(Answer created) =>
        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read")).Status.ShouldBe(200);

    private Task SeenAllAsync() => _intake.EventuallyAsync("""
        select count(*) from ledger l left join ledger_links k on k.entry_id = l.entry_id
        where l.action = 'report.read' and (k.position is null or k.position > coalesce((select position from watch_positions), 0))
        """, 0, "the watch has seen every read");
}
