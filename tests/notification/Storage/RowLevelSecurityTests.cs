using SafeHarbor.Notification.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests.Storage;

/// <summary>What statements without any condition show to whom.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.MigratedAsync<NotificationDb>(Cancellation);
        foreach (var organization in (string[])["county:06037", "provider:harbor-house", "provider:harbor-house"])
        {
            var (endpoint, notice) = (Guid.NewGuid(), Guid.NewGuid());
            await AddAsync("endpoints", ("id", endpoint), ("organization", organization));
            await AddAsync("endpoint_secrets", ("endpoint_id", endpoint));
            await AddAsync("notices", ("id", notice), ("organization", organization));
            await AddAsync("deliveries", ("notice_id", notice), ("endpoint_id", endpoint));
            await AddAsync("journal", ("notice_id", notice));
        }
        await AddAsync("idempotency_keys", ("caller", "county:06037 duty-desk"));
        foreach (var table in (string[])["feed_readers", "ledger", "ledger_checkpoints", "ledger_contradictions", "ledger_heard", "ledger_links", "ledger_witnessed", "outbox", "parked", "timers"])
            await AddAsync(table);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task An_organization_sees_its_endpoints_their_secrets_its_notices_and_their_deliveries_and_nobody_else_anything()
    {
        (await VisibleAsync("county:06037")).ShouldBe(["deliveries 1", "endpoint_secrets 1", "endpoints 1", "idempotency_keys 1", "journal 1", "notices 1"]);
        (await VisibleAsync("provider:harbor-house")).ShouldBe(["deliveries 2", "endpoint_secrets 2", "endpoints 2", "journal 2", "notices 2"]);
        foreach (var nobody in (string?[])[null, "county:06001", "state:ca"])
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
    ]);

    private Task<IReadOnlyList<string>> VisibleAsync(string? caller) => ServiceRole.VisibleAsync(_database, caller, Cancellation);

    private Task AddAsync(string table, params (string, object)[] values) => ServiceRole.AddAsync(_database, table, Cancellation, values);
}
