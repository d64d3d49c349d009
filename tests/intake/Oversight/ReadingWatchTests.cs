using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;

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

    [Fact]
    public async Task Who_was_refused_what_it_had_been_given_by_then_is_not_told_of_and_who_tried_doors_is()
    {
        for (var i = 0; i < 6; i++)
        {
            var created = await _intake.PostAsync(Sample.Encounter());
            // The first four of them: given to the county, and refused before that had come here.
            if (i < 4)
                await _intake.GrantAsync(created);
            await RefusedAsync(created, "county:06037");
            if (i < 3)
                await RefusedAsync(created, "county:06001");
        }

        await _intake.EventuallyAsync("select count(*) from unusual_readings where rule = 'MANY' and organization = 'county:06001' and reports = 3", 1, "who tried doors is found");
        await SeenAllAsync();
        (await _intake.CountAsync("select count(*) from unusual_readings where organization = 'county:06037'")).ShouldBe(0, "two tries are not many");
    }

    private Task RefusedAsync(Answer created, string organization) => _intake.Services.GetRequiredService<UnitStore>().RecordAsync(new LedgerEntry
    {
        At = DateTimeOffset.UtcNow,
        Action = LedgerActions.ReportRefused,
        Organization = organization,
        Subject = $"tester of {organization}",
        ReportId = created.ReportId,
    }, TestContext.Current.CancellationToken);

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
        where l.action in ('report.read', 'report.refused') and (k.position is null or k.position > coalesce((select position from watch_positions), 0))
        """, 0, "the watch has seen every read");
}
