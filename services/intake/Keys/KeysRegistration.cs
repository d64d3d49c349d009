using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Intake.Keys;

/// <summary>Adds the key store over its own database (<c>ConnectionStrings:Keys</c>) and what works with it.</summary>
public static class KeysRegistration
{
    private static readonly string[] Ready = ["ready"];

    // A host that vanishes without a word is noticed within seconds, and a lock that somebody keeps holds up nothing.
    private const string SessionLimits =
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000 -c idle_in_transaction_session_timeout=30000 -c lock_timeout=2000 -c jit=off";

    public static void AddKeys(this WebApplicationBuilder builder)
    {
        var connection = new NpgsqlConnectionStringBuilder(builder.Configuration.GetConnectionString("Keys")
            ?? throw new InvalidOperationException("ConnectionStrings:Keys is not set. Set the environment variable ConnectionStrings__Keys to the database of the keys."))
        {
            ApplicationName = "intake keys",
            MaxPoolSize = 20,
            CommandTimeout = 5,
            Timeout = 3,
        };
        ProtectedConnections.CheckDatabase(new PlainConnections(builder.Configuration, builder.Environment), "ConnectionStrings:Keys", connection);
        connection.Options = $"{connection.Options} {SessionLimits}".Trim();
        var services = builder.Services;
        services.RequireSealing();
        services.AddSingleton(provider => new KeyStore(NpgsqlDataSource.Create(connection), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KeyStore>>()));
        services.AddSingleton<IHostedService>(provider =>
            new RoleCheck(provider.GetRequiredService<KeyStore>().Database, "Keys", "KeysOwner", provider.GetRequiredService<ILogger<RoleCheck>>()));
        services.AddSingleton<IHostedService>(provider => new EntryCheck(provider.GetRequiredService<KeyStore>().Database, "Keys", provider.GetRequiredService<ILogger<EntryCheck>>()));
        services.AddSingleton<ReportKeys>();
        services.AddSingleton<KeySupply>().AddHostedService(provider => provider.GetRequiredService<KeySupply>());
        services.AddSingleton<FingerprintKey>().AddHostedService(provider => provider.GetRequiredService<FingerprintKey>());
        services.AddHostedService<Rewrapping>();
        services.AddHealthChecks().Add(new("keys", provider => new KeysHealth(provider.GetRequiredService<KeySupply>(), provider.GetRequiredService<FingerprintKey>()),
            HealthStatus.Degraded, Ready));
    }

    /// <summary>Applies the key store's migrations as its owner (<c>ConnectionStrings:KeysOwner</c>), and gives the service's role its rights.</summary>
    public static async Task MigrateKeysAsync(this WebApplication app)
    {
        var owner = app.Configuration.GetConnectionString("KeysOwner") ?? throw new InvalidOperationException(
            "ConnectionStrings:KeysOwner is not set. Set the environment variable ConnectionStrings__KeysOwner to the database of the keys, for its owner.");
        ProtectedConnections.CheckDatabase(new PlainConnections(app.Configuration, app.Environment), "ConnectionStrings:KeysOwner", new(owner));
        await Migrating.ApplyAsync(typeof(KeyStore), owner, app.Configuration.GetConnectionString("Keys")!, app.Services.GetRequiredService<ILoggerFactory>());
    }
}
