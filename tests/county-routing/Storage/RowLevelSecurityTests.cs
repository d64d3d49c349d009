using System.Text.Json;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.CountyRouting.Tests.Storage;

/// <summary>What statements without any condition show to whom.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MigratedAsync<CountyRoutingDb>(Cancellation);
        foreach (var (county, step) in ((string, int)[])[("06037", 0), ("06037", 1), ("06059", 0), ("32003", 1)])
            await AddAsync("handoffs", ("organization", $"county:{county}"), ("escalation_step", step));
        foreach (var (organization, listedBy, step) in ((string, string, int)[])[("da:06037", "county:06037", 0), ("licensing:ca", "county:06037", 1), ("le:CA0190000", "county:06059", 1), ("tribe:yurok", "county:32003", 1)])
            await AddAsync("handoffs", ("organization", organization), ("listed_by", listedBy), ("escalation_step", step));
        foreach (var (county, by, undetermined) in ((string, string, object)[])[("06037", "ROUTING", DBNull.Value), ("06037", "ROUTING", "NO_LOCATION"), ("06059", "DESK", DBNull.Value)])
            await AddAsync("jurisdiction_decisions", ("told", JsonDocument.Parse($"""["county:{county}", "county:06005"]""")), ("decided_by", by), ("undetermined", undetermined));
        await AddAsync("drills", ("organization", "county:06037"));
        foreach (var table in (string[])["desk_items", "idempotency_keys", "keepers", "ledger", "ledger_checkpoints", "ledger_contradictions", "ledger_heard", "ledger_links", "ledger_witnessed", "nodes", "officer_calls", "opened_handoffs", "outbox", "parked", "timers"])
            await AddAsync(table);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_recipient_sees_its_own_the_desk_what_was_escalated_and_what_waits_there_and_nobody_else_anything()
    {
        (await VisibleAsync("county:06037")).ShouldBe(["drills 1", "handoffs 2", "jurisdiction_decisions 2"]);
        (await VisibleAsync("county:06059")).ShouldBe(["handoffs 1", "jurisdiction_decisions 1"]);
        foreach (var recipient in (string[])["da:06037", "licensing:ca", "le:CA0190000", "tribe:yurok"])
            (await VisibleAsync(recipient)).ShouldBe(["handoffs 1"]);
        (await VisibleAsync("state:ca")).ShouldBe(["desk_items 1", "drills 1", "handoffs 3", "jurisdiction_decisions 2", "nodes 1"], "of its own counties, and of whom their packs list");
        foreach (var nobody in (string?[])[null, "county:06001", "state:nv", "provider:06037", "da:06059", "attorney:06037", "licensing:nv"])
            (await VisibleAsync(nobody)).ShouldBeEmpty($"for '{nobody}'");
    }

    [Fact]
    public async Task The_service_sees_all_and_every_guarded_table_was_looked_at() =>
        (await VisibleAsync("service")).Select(t => t.Split(' ')[0]).ShouldBe(await ServiceRole.GuardedAsync(_database, Cancellation));

    [Fact]
    public async Task Every_table_is_guarded_but_those_without_an_organizations_rows() => (await ServiceRole.UnguardedAsync(_database, Cancellation)).ShouldBe(
    [
        // Ids of messages.
        "inbox",
        // What has been applied, which the service has no right to.
        "migrations",
        // The counties' directory, which every county may read.
        "protocol_packs",
    ]);

    private Task<IReadOnlyList<string>> VisibleAsync(string? caller) => ServiceRole.VisibleAsync(_database, caller, Cancellation);

    private Task AddAsync(string table, params (string, object)[] values) => ServiceRole.AddAsync(_database, table, Cancellation, values);
}
