namespace SafeHarbor.Intake.Tests;

/// <summary>Clocks over real timers, shortened by configuration.</summary>
public sealed class ClocksRunOutTests : IAsyncLifetime
{
    private TestIntake _intake = null!;

    public async ValueTask InitializeAsync() =>
        _intake = await TestIntake.StartAsync(("Clocks:TelephoneReport", "00:00:01"), ("Clocks:WrittenReport", "12:00:00"));

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    [Fact]
    public async Task A_call_that_nobody_records_is_overdue_and_can_still_be_recorded()
    {
        var created = await _intake.PostAsync(Sample.Encounter());
        created.Status.ShouldBe(201, created.Body);
        await _intake.EventuallyAsync("select count(*) from timeline where type = 'report-clock.overdue.v1'", 1, "the clock runs out");
        var overdue = (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Json;
        overdue["clocks"]!.AsArray().Select(c => $"{c!["rule"]} {c["overdue"]}").ShouldBe(["TELEPHONE_REPORT true", "WRITTEN_REPORT false"]);
        overdue["clocks"]!.AsArray().Select(c => $"{c!["kind"]}").ShouldBe(["PRODUCT_DEFAULT", "PRODUCT_DEFAULT"], "what is set here is no law's limit");
        overdue["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeTrue();

        var recorded = await _intake.SendAsync(HttpMethod.Put, $"/v1/encounters/{created.EncounterId}/telephone-report", Sample.Call());

        recorded.Status.ShouldBe(200, recorded.Body);
        recorded.Json["telephoneReport"]!["required"]!.GetValue<bool>().ShouldBeFalse();
        recorded.Json["clocks"]![0]!["satisfiedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_written_report_that_was_due_before_the_encounter_came_in_is_overdue_at_once()
    {
        await _intake.PostAsync(Sample.Encounter(change: e =>
        {
            Sample.With("/occurredAt", "\"2026-01-01T00:00:00-08:00\"")(e);
            Sample.With("/learnedAt", null)(e);
            e["telephoneReport"] = Sample.Call();
        }));

        await _intake.EventuallyAsync("select count(*) from timeline where type = 'report-clock.overdue.v1' and data->>'rule' = 'WRITTEN_REPORT'", 1, "it is overdue");
        (await _intake.CountAsync("select count(*) from report_clocks where current_state = 'SATISFIED' and rule = 'TELEPHONE_REPORT'")).ShouldBe(1);
        (await _intake.CountAsync("select count(*) from timers")).ShouldBe(0);
    }
}
