using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Notices;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Supervision;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>Adds database, bus, outbox relay and timers to a service.</summary>
public static class MessagingRegistration
{
    /// <summary>
    /// Adds messaging over the service's database. Reads <c>ConnectionStrings:Database</c>, <c>ConnectionStrings:Broker</c>, <c>Tls:AuthorityFile</c>,
    /// <c>PublicAddress</c>, and what makes a node of it (<see cref="NodeSettings"/>).
    /// The service starts, and takes requests, whether or not the broker is there.
    /// </summary>
    /// <typeparam name="TDb">The service's EF Core context: reads, model, migrations.</typeparam>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name.</param>
    /// <param name="handlers">Names the handler of each of the service's queues.</param>
    public static void AddMessaging<TDb>(this WebApplicationBuilder builder, string service, Action<Handlers> handlers) where TDb : ServiceDb
    {
        var services = builder.Services;
        var broker = new Uri(Required(builder.Configuration, "Broker"));
        var connection = Required(builder.Configuration, "Database");
        var plain = new PlainConnections(builder.Configuration, builder.Environment);
        ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Database", new(connection));
        ProtectedConnections.CheckBroker(plain, "ConnectionStrings:Broker", broker);
        var node = NodeSettings.Read(builder.Configuration);
        var sandbox = builder.Configuration.ReadSandbox();
        var authority = TrustedAuthority.Read(builder.Configuration, BrokerTls.AuthorityFile);
        var sessions = new Sessions(connection, service);
        var (ofRequests, ofService, ofStore) = (sessions.OfRequests(), sessions.OfService(), sessions.OfStore());
        var relay = new RelaySettings(service, sessions.OfRelay(), broker, authority, builder.Configuration.GetValue("Messaging:SendAttempts", 20), node, sandbox.IsOn);
        var watch = new WatchSettings(service, node, Interval: TimeSpan.FromSeconds(builder.Configuration.GetValue("Messaging:WatchSeconds", 5.0)), LooksBeforeRebuild: 3,
            ReleaseAfter: TimeSpan.FromSeconds(builder.Configuration.GetValue("Messaging:ReleaseAfterSeconds", 600.0)));
        services.AddSingleton(_ => ofService);
        services.AddHttpContextAccessor();
        services.AddSingleton(p => new CallerInterceptor(p.GetRequiredService<IHttpContextAccessor>()));
        services.AddDbContextPool<TDb>((provider, options) => options
            .UseNpgsql(ofRequests)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(provider.GetRequiredService<CallerInterceptor>()));
        services.AddSingleton(provider => new UnitStore(ofStore, () =>
        {
            using var scope = provider.CreateScope();
            return scope.ServiceProvider.GetRequiredService<TDb>().Model;
        }, provider.GetRequiredService<RelayState>(), provider.GetRequiredService<LedgerNews>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GroupCommit>>(), node is not null));
        services.AddSingleton(p => new Keepers(p.GetRequiredService<UnitStore>(), node));
        services.AddSingleton<OwnAddress>();
        services.AddStartCheck<OwnAddress>();
        services.AddSingleton(p => new NoticeBuilder(service, () => p.GetRequiredService<OwnAddress>().Text, node?.Key));
        services.AddSingleton<GroupCommits>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<RelayState>();
        services.AddSingleton<LedgerNews>();
        services.AddSingleton<WatchState>();
        services.AddSingleton(p => new ParkedMessages(p.GetRequiredService<UnitStore>(), p.GetRequiredService<TimeProvider>(), sandbox, p.GetRequiredService<ILogger<ParkedMessages>>()));
        services.TryAddSingleton(sandbox);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(relay);
        services.AddSingleton(watch);
        // Not AddHostedService, which keeps one of a type: a service may have a second database, with a check of its own.
        services.AddSingleton<IHostedService>(p => new RoleCheck(p.GetRequiredService<NpgsqlDataSource>(), "Database", "Owner", p.GetRequiredService<ILogger<RoleCheck>>()));
        services.AddSingleton<IHostedService>(p => new EntryCheck(p.GetRequiredService<NpgsqlDataSource>(), "Database", p.GetRequiredService<ILogger<EntryCheck>>()));
        services.AddSingleton<IHostedService>(p => new SandboxCheck(p.GetRequiredService<NpgsqlDataSource>(), sandbox, p.GetRequiredService<ILogger<SandboxCheck>>()));
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
            var registered = new Handlers(services, bus, node);
            handlers(registered);
            relay.BindsLater = watch.BindsLater = registered.KeepsSagas;
            bus.UsingRabbitMq((context, rabbit) => Bus.Configure(context, rabbit, broker, authority, node?.Service ?? service, registered));
        });
        services.Configure<MassTransitHostOptions>(o =>
        {
            o.WaitUntilStarted = false;
            o.StopTimeout = TimeSpan.FromSeconds(15);
            o.ConsumerStopTimeout = TimeSpan.FromSeconds(10);
        });
    }

    internal static string Required(IConfiguration configuration, string name) => configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set. Set the environment variable ConnectionStrings__{name}.");
}
