using Npgsql;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A database and a virtual host of the test's own, and services over them.</summary>
public abstract class MessagingTest : IAsyncLifetime
{
    /// <summary>The saga and the consumer.</summary>
    protected static readonly Action<Handlers> Both = h => h.Saga<ErrandMachine, Errand>("county-routing-handoff").Consumer<NoteTaker>("intake-timeline");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TestDatabase Database { get; private set; } = null!;

    protected TestBroker TheBroker { get; private set; } = null!;

    protected Told Told { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.MigratedAsync<TestDb>(Cancellation);
        TheBroker = await TestBroker.DeclaredAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await TheBroker.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<TestService> Start(Action<Handlers> handlers, params (string Key, string Value)[] settings) =>
        TestService.StartAsync(Database, TheBroker.Address, handlers, Told, Cancellation, settings);

    protected static async Task Publish<T>(TestService service, params T[] messages) where T : class
    {
        var unit = new UnitOfWork();
        foreach (var message in messages)
            unit.Publish(message);
        (await service.Store.CommitAsync(unit, Cancellation)).ShouldBeNull();
    }

    protected async Task PublishBeforeAnybodyListens<T>(T[] messages, string? first = null) where T : class
    {
        await using var sender = await Start(_ => { });
        if (first is not null)
            await AdminAsync(first);
        await Publish(sender, messages);
        await sender.EventuallyAsync("select count(*) from outbox", n => n == 0, "everything is on the broker", Cancellation);
    }

    protected async Task AdminAsync(string sql)
    {
        await using var admin = NpgsqlDataSource.Create(Database.ConnectionString);
        await using var command = admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    /// <summary>Transactions that wrote notes.</summary>
    protected static Task<long> CommitsAsync(TestService service) => service.ScalarAsync<long>("select count(distinct xmin::text) from notes", Cancellation);
}
