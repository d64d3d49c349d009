using SafeHarbor.CaseServices.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests.Storage;

/// <summary>What statements without any condition show to whom.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MigratedAsync<CaseServicesDb>(Cancellation);
        foreach (var (county, state, accepted, told) in ((string, string, string, bool)[])
            [("06037", "OFFERED", "", false), ("06037", "ACCEPTED", "harbor-house", true), ("06059", "UNFILLED", "", false), ("32003", "UNFILLED", "", true), ("06059", "ACCEPTED", "north-star", false)])
            await AddAsync("needs", ("responder", $"county:{county}"), ("current_state", state), ("accepted_by", accepted), ("state_told", told));
        foreach (var provider in (string[])["harbor-house", "harbor-house", "north-star"])
            await AddAsync("offers", ("provider", provider));
        foreach (var table in (string[])["idempotency_keys", "ledger", "ledger_checkpoints", "ledger_contradictions", "ledger_heard", "ledger_links", "ledger_witnessed", "outbox", "parked", "timers"])
            await AddAsync(table);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_county_sees_its_needs_a_provider_what_it_accepted_and_its_offers_the_state_what_nobody_fills_or_it_was_told_of_and_nobody_else_anything()
    {
        (await VisibleAsync("county:06037")).ShouldBe(["needs 2"]);
        (await VisibleAsync("provider:harbor-house")).ShouldBe(["needs 1", "offers 2"]);
        (await VisibleAsync("provider:north-star")).ShouldBe(["needs 1", "offers 1"]);
        (await VisibleAsync("state:ca")).ShouldBe(["needs 2"], "of its own counties");
        foreach (var nobody in (string?[])[null, "county:06001", "state:nv", "county:harbor-house"])
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
        // The directory, which every organization may read and which names no child.
        "providers",
    ]);

    private Task<IReadOnlyList<string>> VisibleAsync(string? caller) => ServiceRole.VisibleAsync(_database, caller, Cancellation);

    private Task AddAsync(string table, params (string, object)[] values) => ServiceRole.AddAsync(_database, table, Cancellation, values);
}
