using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>The verb <c>migrate</c>: what only owners may do, once before a version of the service runs.</summary>
public static class Migrating
{
    /// <summary>
    /// With the argument <c>migrate</c>: does what <see cref="MigrateAsync"/> says, by <c>ConnectionStrings:Owner</c>, <c>ConnectionStrings:Database</c> and
    /// <c>ConnectionStrings:BrokerOwner</c>, and returns true, so that the process can end.
    /// </summary>
    public static async Task<bool> MigrateWhenAskedAsync<TDb>(this WebApplication app, string[] args) where TDb : DbContext
    {
        if (!args.Contains("migrate"))
            return false;
        var (owner, service) = (Registration.Required(app.Configuration, "Owner"), Registration.Required(app.Configuration, "Database"));
        var broker = new Uri(Registration.Required(app.Configuration, "BrokerOwner"));
        var plain = new PlainConnections(app.Configuration, app.Environment);
        ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Owner", new(owner));
        ProtectedConnections.CheckBroker(plain, "ConnectionStrings:BrokerOwner", broker);
        await MigrateAsync<TDb>(owner, service, broker,
            TrustedAuthority.Read(app.Configuration, BrokerTls.AuthorityFile), app.Services.GetRequiredService<ILoggerFactory>());
        return true;
    }

    /// <summary>
    /// Applies the service's migrations as the database's owner, gives the service's role its rights, and declares everybody's exchanges and queues as
    /// the broker's administrator. Doing it again changes nothing.
    /// </summary>
    /// <param name="owner">The database's connection string for its owner.</param>
    /// <param name="service">The same for the service's role, of which only the name is used.</param>
    /// <param name="broker">The broker's address for an administrator of its virtual host.</param>
    /// <param name="authority">Who alone may have signed the broker's certificate; null for the machine's authorities.</param>
    /// <param name="log">Where it says what it does.</param>
    public static async Task MigrateAsync<TDb>(string owner, string service, Uri broker, TrustedAuthority? authority = null, ILoggerFactory? log = null) where TDb : DbContext
    {
        await ApplyAsync<TDb>(owner, log);
        await Rights.ApplyAsync(owner, service, typeof(TDb).Assembly);
        await using var connection = await BrokerSettings.Factory(broker, authority, "migrate").CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, CancellationToken.None);
    }

    /// <summary>Applies the migrations of one database, and nothing else.</summary>
    /// <param name="owner">The database's connection string for its owner.</param>
    /// <param name="log">Where it says what it does.</param>
    public static async Task ApplyAsync<TDb>(string owner, ILoggerFactory? log = null) where TDb : DbContext
    {
        var options = new DbContextOptionsBuilder<TDb>().UseNpgsql(owner).UseLoggerFactory(log).ConfigureWarnings(w => w
            // Migrations are plain SQL without a model snapshot; a test holds the migrated schema against the model.
            .Ignore(RelationalEventId.PendingModelChangesWarning)
            // A new database has no history of migrations, which is asked for first. What really fails is an exception.
            .Log((RelationalEventId.CommandError, LogLevel.Debug)));
        await using var db = (TDb)Activator.CreateInstance(typeof(TDb), options.Options)!;
        await db.Database.MigrateAsync();
    }
}
