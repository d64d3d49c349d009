using SafeHarbor.Messaging.Handling;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A database and a virtual host of the test's own, and services over them.</summary>
[Collection("handlers are told by statics how to behave")]
public abstract class MessagingTest : IAsyncLifetime
{
    /// <summary>The saga and the consumer.</summary>
    protected static readonly Action<Handlers> Both = h => h.Saga<ErrandMachine, Errand>("county-routing-handoff").Consumer<NoteTaker>("intake-timeline");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TestDatabase Database { get; private set; } = null!;

    protected TestBroker TheBroker { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync(Cancellation);
        TheBroker = await TestBroker.CreateAsync(Cancellation);
        ErrandMachine.AlarmAfter = TimeSpan.FromMinutes(10);
        NoteTaker.Fail = _ => null;
    }

    public async ValueTask DisposeAsync()
    {
        await TheBroker.DisposeAsync();
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<TestService> Start(Action<Handlers> handlers, params (string Key, string Value)[] settings) =>
        TestService.StartAsync(Database.ConnectionString, TheBroker.Address, handlers, Cancellation, settings);

    protected static async Task Publish<T>(TestService service, params T[] messages) where T : class
    {
        var unit = new UnitOfWork();
        foreach (var message in messages)
            unit.Publish(message);
        (await service.Store.CommitAsync(unit, Cancellation)).ShouldBeNull();
    }
}
