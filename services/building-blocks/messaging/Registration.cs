using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Supervision;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>Adds database, bus, outbox relay and timers to a service.</summary>
public static class Registration
{
    /// <summary>
    /// Adds messaging over the service's database. Reads <c>ConnectionStrings:Database</c>, <c>ConnectionStrings:Broker</c> and <c>Tls:AuthorityFile</c>.
    /// The service starts, and takes requests, whether or not the broker is there.
    /// </summary>
    /// <typeparam name="TDb">The service's EF Core context: reads, model, migrations.</typeparam>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name.</param>
    /// <param name="handlers">Names the handler of each of the service's queues.</param>
    public static void AddMessaging<TDb>(this WebApplicationBuilder builder, string service, Action<Handlers> handlers) where TDb : DbContext
    {
        var services = builder.Services;
        var broker = new Uri(Required(builder.Configuration, "Broker"));
        var connection = Connection(Required(builder.Configuration, "Database"), service);
        var plain = new PlainConnections(builder.Configuration, builder.Environment);
        ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Database", connection);
        ProtectedConnections.CheckBroker(plain, "ConnectionStrings:Broker", broker);
        var authority = TrustedAuthority.Read(builder.Configuration, BrokerTls.AuthorityFile);
        var database = new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
        var hotPath = new NpgsqlDataSourceBuilder(With(connection, $"{PinnedPlans} {ShortWaits}", poolSize: 30).ConnectionString).Build();
        var relay = new RelaySettings(service, RelayConnection(connection, service), broker, authority, builder.Configuration.GetValue("Messaging:SendAttempts", 20));
        var watch = new WatchSettings(service, Interval: TimeSpan.FromSeconds(builder.Configuration.GetValue("Messaging:WatchSeconds", 5.0)), LooksBeforeRebuild: 3,
            ReleaseAfter: TimeSpan.FromSeconds(builder.Configuration.GetValue("Messaging:ReleaseAfterSeconds", 600.0)));
        services.AddSingleton(_ => database);
        services.AddDbContextPool<TDb>(options => options
            .UseNpgsql(database)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            // Migrations are plain SQL without a model snapshot; a test holds the migrated schema against the model.
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning)));
        services.AddSingleton(provider => new Store(hotPath, () =>
        {
            using var scope = provider.CreateScope();
            return scope.ServiceProvider.GetRequiredService<TDb>().Model;
        }, provider.GetRequiredService<RelayState>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GroupCommit>>()));
        services.AddSingleton<GroupCommits>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<RelayState>();
        services.AddSingleton<WatchState>();
        services.AddSingleton(p => new ParkedMessages(p.GetRequiredService<Store>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ParkedMessages>>()));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(relay);
        services.AddSingleton(watch);
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<Relay>();
        services.AddHostedService<TimerClock>();
        services.AddHostedService<Watch>();
        services.AddMessagingHealth();
        // "true" in the environment would switch MassTransit's usage telemetry on again, whatever the code says: nothing here phones home.
        Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", "false");
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.ConfigureHealthCheckOptions(o => o.MinimalFailureStatus = HealthStatus.Degraded);
            var registered = new Handlers(services, bus);
            handlers(registered);
            bus.UsingRabbitMq((context, rabbit) => Bus.Configure(context, rabbit, broker, authority, service, registered));
        });
        services.Configure<MassTransitHostOptions>(o =>
        {
            o.WaitUntilStarted = false;
            o.StopTimeout = TimeSpan.FromSeconds(15);
            o.ConsumerStopTimeout = TimeSpan.FromSeconds(10);
        });
    }

    /// <summary>With the argument <c>migrate</c>: applies the service's migrations and returns true, so that the process can end.</summary>
    public static async Task<bool> MigrateWhenAskedAsync<TDb>(this WebApplication app, string[] args) where TDb : DbContext
    {
        if (!args.Contains("migrate"))
            return false;
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDb>().Database.MigrateAsync();
        return true;
    }

    /// <summary>
    /// Nothing in the session is changed but by the relay, whose connection is its own: so none is reset when it goes back to the pool, which would
    /// cost as much as a query.
    /// </summary>
    private static NpgsqlConnectionStringBuilder Connection(string database, string service) => With(
        new(database) { ApplicationName = service, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2, CommandTimeout = 10, Timeout = 5, NoResetOnClose = true },
        SessionLimits);

    private static NpgsqlConnectionStringBuilder With(NpgsqlConnectionStringBuilder connection, string options, int? poolSize = null)
    {
        var with = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Options = $"{connection.Options} {options}".Trim() };
        with.MaxPoolSize = poolSize ?? with.MaxPoolSize;
        return with;
    }

    // A host that vanishes without a word keeps its row locks, and the relay's lock, until the server notices: within half a minute, not two hours.
    private const string SessionLimits =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 -c idle_in_transaction_session_timeout=30000 -c jit=off";

    // Every statement of the hot path finds its rows by an index, whatever the statistics say of a new table or of an array's length, and is planned once.
    private const string PinnedPlans = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    // One saga whose lock somebody keeps, an instance that vanished for example, holds up its own messages and not those of its whole group.
    private const string ShortWaits = "-c lock_timeout=2000";

    /// <summary>
    /// Not pooled, because a pooled connection would keep the relay's locks after it was given back. What the relay commits (deletions of what has been
    /// sent) may be lost in a crash: it is then sent and deleted again, and receivers drop it.
    /// </summary>
    private static string RelayConnection(NpgsqlConnectionStringBuilder connection, string service)
    {
        var own = With(connection, $"{PinnedPlans} -c synchronous_commit=off");
        (own.Pooling, own.ApplicationName, own.KeepAlive) = (false, $"{service} relay", 10);
        return own.ConnectionString;
    }

    private static string Required(IConfiguration configuration, string name) => configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set. Set the environment variable ConnectionStrings__{name}.");
}
