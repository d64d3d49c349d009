using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.States;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>The verb <c>migrate</c>: what only owners may do, once before a version of the service runs.</summary>
public static class Migrating
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// With the argument <c>migrate</c>: does what <see cref="MigrateAsync"/> says, by <c>ConnectionStrings:Owner</c>, <c>ConnectionStrings:Database</c> and
    /// <c>ConnectionStrings:BrokerOwner</c>, without which a node leaves the broker as it is, and returns true, so that the process can end.
    /// </summary>
    public static async Task<bool> MigrateWhenAskedAsync<TDb>(this WebApplication app, string[] args) where TDb : DbContext
    {
        if (!args.Contains("migrate"))
            return false;
        var (owner, service) = (MessagingRegistration.Required(app.Configuration, "Owner"), MessagingRegistration.Required(app.Configuration, "Database"));
        // A node finds the broker as the statewide system's services, or what links it to theirs, have left it; its operator is no administrator there.
        var broker = NodeSettings.Read(app.Configuration) is not null && app.Configuration.GetConnectionString("BrokerOwner") is null
            ? null : new Uri(MessagingRegistration.Required(app.Configuration, "BrokerOwner"));
        var plain = new PlainConnections(app.Configuration, app.Environment);
        ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Owner", new(owner));
        if (broker is not null)
            ProtectedConnections.CheckBroker(plain, "ConnectionStrings:BrokerOwner", broker);
        await MigrateAsync<TDb>(owner, service, broker, app.Services.GetRequiredService<State>(), app.Services.GetRequiredService<Sandbox>(),
            TrustedAuthority.Read(app.Configuration, BrokerTls.AuthorityFile), app.Services.GetRequiredService<ILoggerFactory>());
        return true;
    }

    /// <summary>
    /// Applies the service's migrations as the database's owner, gives the service's role its rights, and declares everybody's exchanges and queues as
    /// the broker's administrator. Doing it again changes nothing.
    /// </summary>
    /// <param name="owner">The database's connection string for its owner.</param>
    /// <param name="service">The same for the service's role, of which only the name is used.</param>
    /// <param name="broker">The broker's address for an administrator of its virtual host; null to leave the broker as it is.</param>
    /// <param name="state">Whose the installation is.</param>
    /// <param name="sandbox">Whether it is a sandbox; null when it is none.</param>
    /// <param name="authority">Who alone may have signed the broker's certificate; null for the machine's authorities.</param>
    /// <param name="log">Where it says what it does.</param>
    public static async Task MigrateAsync<TDb>(string owner, string service, Uri? broker, State state, Sandbox? sandbox = null, TrustedAuthority? authority = null, ILoggerFactory? log = null) where TDb : DbContext
    {
        await ApplyAsync<TDb>(owner, state, log, sandbox);
        await Rights.ApplyAsync(owner, service, Of<TDb>());
        if (broker is null)
            return;
        await using var connection = await ConnectAsync(broker, authority);
        await using var channel = await connection.CreateChannelAsync();
        await Topology.DeclareAsync(channel, CancellationToken.None);
    }

    // A broker that is only starting, or has much to do, resets connections for a moment; what it refuses, it refuses again.
    private static async Task<IConnection> ConnectAsync(Uri broker, TrustedAuthority? authority)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await BrokerSettings.Factory(broker, authority, "migrate").CreateConnectionAsync();
            }
            catch (BrokerUnreachableException) when (attempt < Attempts)
            {
                await Task.Delay(Pause);
            }
    }

    /// <summary>Applies the service's migrations: messaging's, the ledger's and those beside <typeparamref name="TDb"/>.</summary>
    /// <param name="owner">The database's connection string for its owner.</param>
    /// <param name="state">Whose the installation is.</param>
    /// <param name="log">Where it says what it does.</param>
    /// <param name="sandbox">Whether it is a sandbox; null when it is none.</param>
    public static Task ApplyAsync<TDb>(string owner, State state, ILoggerFactory? log = null, Sandbox? sandbox = null) where TDb : DbContext =>
        Migrations.ApplyAsync(owner, state, sandbox ?? new(false), Of<TDb>(), Log(log));

    /// <summary>Makes a database that is not messaging's: by the numbered files and the <c>rights.sql</c> beside a type, and nothing else.</summary>
    /// <param name="beside">The type.</param>
    /// <param name="owner">The database's connection string for its owner.</param>
    /// <param name="service">The same for the service's role, of which only the name is used.</param>
    /// <param name="log">Where it says what it does.</param>
    public static async Task ApplyAsync(Type beside, string owner, string service, ILoggerFactory? log = null)
    {
        await Migrations.ApplyAsync(owner, null, new(false), [beside], Log(log));
        await Rights.ApplyAsync(owner, service, [beside]);
    }

    private static Type[] Of<TDb>() => [typeof(MessagingModel), typeof(LedgerModel), typeof(TDb)];

    private static ILogger Log(ILoggerFactory? log) => (log ?? NullLoggerFactory.Instance).CreateLogger(typeof(Migrating));
}
