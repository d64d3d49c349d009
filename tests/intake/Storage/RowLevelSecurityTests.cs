using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Storage;

/// <summary>What statements without any condition show to whom.</summary>
public sealed class RowLevelSecurityTests(EverybodysRows rows) : IClassFixture<EverybodysRows>
{
    private const string One = EverybodysRows.One, Other = EverybodysRows.Other, County = EverybodysRows.County;

    private readonly TestIntake _intake = rows.Intake;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_sees_anything()
    {
        foreach (var nobody in (string?[])[null, "", "le:", "county:06059"])
            (await VisibleAsync(nobody)).ShouldBeEmpty($"for '{nobody}'");
    }

    [Fact]
    public async Task An_agency_sees_its_own_encounters_all_that_hangs_on_them_and_who_has_read_them()
    {
        (await VisibleAsync($"le:{One}")).ShouldBe(
            ["destructions 1", "encounters 1", "idempotency_keys 1", "ledger 2", "report_clocks 1", "reports 1", "retractions 1", "supplements 1", "telephone_reports 1", "timeline 1", "whereabouts 1", "workers 1"]);
        (await VisibleAsync($"le:{Other}")).ShouldBe(["destructions 1", "encounters 2", "ledger 1", "report_clocks 2", "reports 2", "retractions 2", "supplements 2", "telephone_reports 2", "timeline 2", "whereabouts 2", "workers 2"]);
    }

    [Fact]
    public async Task Whoever_has_a_grant_sees_what_a_live_one_is_for_and_its_own_reads() =>
        (await VisibleAsync(County)).ShouldBe(["destructions 2", "emergency_accesses 1", "encounters 1", "grants 2", "ledger 3", "reports 1", "retractions 1", "supplements 1", "telephone_reports 1", "unusual_readings 1", "whereabouts 1", "workers 1"]);

    [Fact]
    public async Task The_state_sees_what_was_destroyed_and_what_reading_was_unusual() =>
        (await VisibleAsync("state:ca")).ShouldBe(["destructions 2", "unusual_readings 1"]);

    [Fact]
    public async Task The_service_sees_all_and_every_guarded_table_was_looked_at() =>
        (await VisibleAsync("service")).Select(t => t.Split(' ')[0]).ShouldBe(await ServiceRole.GuardedAsync(_intake.Database, Cancellation));

    [Fact]
    public async Task Every_table_is_guarded_but_those_without_an_organizations_rows() => (await ServiceRole.UnguardedAsync(_intake.Database, Cancellation)).ShouldBe(
    [
        // Ids of messages.
        "inbox",
        // What has been applied, which the service has no right to.
        "migrations",
        // How far the service has followed its own ledger.
        "watch_positions",
    ]);

    [Fact]
    public async Task A_name_ends_with_its_transaction_and_a_context_outside_of_a_request_is_nobodys()
    {
        (await _intake.SendAsync(HttpMethod.Get, "/v1/encounters", organization: "le:CA0340000")).Status.ShouldBe(200);
        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{Guid.NewGuid()}/accesses", organization: "le:CA0340000")).Status.ShouldBe(404);
        var store = _intake.Services.GetRequiredService<UnitStore>();

        await using (var rows = await store.ReadAsync(default, Cancellation, new NpgsqlBatchCommand("select from encounters")))
            (await rows.ReadAsync(Cancellation)).ShouldBeFalse();
        await using (var all = store.Database.CreateCommand("select count(*) from encounters"))
            (await all.ExecuteScalarAsync(Cancellation)).ShouldBe(3L);
        await using var scope = _intake.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<IntakeDb>().Encounters.CountAsync(Cancellation)).ShouldBe(0);
    }

    private Task<IReadOnlyList<string>> VisibleAsync(string? caller) => ServiceRole.VisibleAsync(_intake.Database, caller, Cancellation);
}

/// <summary>A running service in which two agencies, a county and the state have something in every table.</summary>
public sealed class EverybodysRows : IAsyncLifetime
{
    public const string One = "CA0190000", Other = "CA0370000", County = "county:06037";

    public TestIntake Intake { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Intake = await TestIntake.StartAsync();
        var granted = await EncounterAsync(One);
        await EncounterAsync(Other);
        var expired = await EncounterAsync(Other);
        await AddAsync("grants", ("encounter_id", granted.Encounter), ("report_id", granted.Report), ("organization", County), ("expires_at", DateTime.UtcNow.AddDays(1)));
        await AddAsync("grants", ("encounter_id", expired.Encounter), ("report_id", expired.Report), ("organization", County), ("expires_at", DateTime.UtcNow.AddDays(-1)));
        // Which also puts each grant on the ledger.
        await AddAsync("ledger", ("report_id", granted.Report), ("organization", County));
        foreach (var table in (string[])["ledger_unlinked", "ledger_links", "ledger_checkpoints", "ledger_witnessed", "ledger_heard", "ledger_contradictions"])
            await AddAsync(table);
        await AddAsync("emergency_accesses", ("report_id", granted.Report), ("organization", County), ("reviewer", "county:06071"));
        await AddAsync("unusual_readings", ("organization", County));
        await AddAsync("hotlines", ("organization", County), ("verified_at", new DateOnly(2026, 11, 1)));
        await AddAsync("coverage");
        await AddAsync("retention_rules");
        await AddAsync("responders");
        await AddAsync("grant_ends");
        await AddAsync("destructions", ("report_id", granted.Report), ("encounter_id", granted.Encounter));
        await AddAsync("destructions", ("report_id", expired.Report), ("encounter_id", expired.Encounter));
        await AddAsync("idempotency_keys", ("caller", $"le:{One}"));
        // Far from due, so that neither relay nor clock takes them away.
        await AddAsync("outbox", ("destination", "queue:intake-clock"), ("not_before", DateTime.UtcNow.AddDays(1)));
        await AddAsync("timers", ("due_at", DateTime.UtcNow.AddDays(1)));
        await AddAsync("parked");
    }

    public async ValueTask DisposeAsync() => await Intake.DisposeAsync();

    private Task AddAsync(string table, params (string, object)[] values) => ServiceRole.AddAsync(Intake.Database, table, TestContext.Current.CancellationToken, values);

    private async Task<(Guid Encounter, Guid Report)> EncounterAsync(string agency)
    {
        var (encounter, report) = (Guid.NewGuid(), Guid.NewGuid());
        await AddAsync("encounters", ("encounter_id", encounter), ("agency_ori", agency), ("incident_number", encounter.ToString()));
        await AddAsync("reports", ("report_id", report), ("encounter_id", encounter), ("agency_ori", agency));
        foreach (var table in (string[])["telephone_reports", "report_clocks", "timeline"])
            await AddAsync(table, ("encounter_id", encounter));
        foreach (var table in (string[])["whereabouts", "workers", "supplements", "retractions"])
            await AddAsync(table, ("encounter_id", encounter), ("report_id", report), ("agency_ori", agency));
        return (encounter, report);
    }
}
