using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SafeHarbor.Load;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A service does not run with a role that nothing binds.</summary>
public sealed class RoleCheckTests : MessagingTest
{
    [Fact]
    public async Task Owners_superusers_and_roles_that_bypass_row_level_security_are_refused_with_what_to_do()
    {
        await using var service = await Start(_ => { });
        service.Services.GetServices<IHostedService>().OfType<RoleCheck>().ShouldHaveSingleItem();

        (await RefusalAsync(Database.ConnectionString)).ShouldContain("owns the database");
        (await RefusalAsync(Database.AdminConnectionString)).ShouldContain("is a superuser");
        // Its own roles: a migrated database's are those of other tests' too.
        await using var own = await TestDatabase.CreateAsync(Cancellation);
        await using var admin = NpgsqlDataSource.Create(own.AdminConnectionString);
        await using var bypass = admin.CreateCommand($"alter role \"{new NpgsqlConnectionStringBuilder(own.ServiceConnectionString).Username}\" bypassrls");
        await bypass.ExecuteNonQueryAsync(Cancellation);
        var refusal = await RefusalAsync(own.ServiceConnectionString);
        refusal.ShouldContain("has BYPASSRLS");
        refusal.ShouldContain("ConnectionStrings__Owner");
    }

    [Fact]
    public async Task A_database_that_is_away_is_asked_as_soon_as_it_is_there()
    {
        var database = new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Pooling = false };
        await using var proxy = new TcpProxy(database.Host!, database.Port) { Refuses = true };
        (database.Host, database.Port) = ("127.0.0.1", proxy.Port);
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        using var check = new RoleCheck(source, "Database", "Owner", NullLogger<RoleCheck>.Instance);

        await check.StartingAsync(Cancellation);
        await check.StartAsync(Cancellation);
        proxy.Refuses = false;

        await Should.ThrowAsync<StartRefusedException>(check.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
    }

    [Fact]
    public async Task A_role_that_may_enter_another_database_is_named_with_what_to_revoke_and_runs_all_the_same()
    {
        await using var own = await TestDatabase.CreateAsync(Cancellation);
        await using var other = await TestDatabase.CreateAsync(Cancellation);
        var name = new NpgsqlConnectionStringBuilder(other.ConnectionString).Database!;
        (await EnteredAsync(own)).ShouldNotContain(name);

        await using (var admin = NpgsqlDataSource.Create(own.AdminConnectionString))
        await using (var open = admin.CreateCommand($"grant connect on database \"{name}\" to public"))
            await open.ExecuteNonQueryAsync(Cancellation);

        (await EnteredAsync(own)).ShouldContain($"REVOKE CONNECT ON DATABASE {name}");
    }

    private static async Task<string> EnteredAsync(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.ServiceConnectionString);
        var log = new Lines();
        using var check = new EntryCheck(source, "Database", log);
        await check.StartingAsync(Cancellation);
        return log.Text;
    }

    private sealed class Lines : ILogger<EntryCheck>
    {
        public string Text { get; private set; } = "";
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Text += formatter(state, exception);
    }

    [Fact]
    public async Task Migrating_as_the_services_own_role_is_refused() =>
        (await Should.ThrowAsync<InvalidOperationException>(
            Migrating.MigrateAsync<TestDb>(Database.ConnectionString, Database.ConnectionString, new Uri(TheBroker.Address), TestStates.California))).Message.ShouldContain("two roles");

    private static async Task<string> RefusalAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        using var check = new RoleCheck(source, "Database", "Owner", NullLogger<RoleCheck>.Instance);
        return (await Should.ThrowAsync<StartRefusedException>(check.StartingAsync(Cancellation))).Message;
    }
}
