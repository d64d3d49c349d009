using Microsoft.EntityFrameworkCore;
using Npgsql;
using SafeHarbor.Messaging;

namespace SafeHarbor.TestServers;

/// <summary>
/// A database that is prepared once and copied for each test, which takes a fraction of migrating. Its owner and its service's role are those of all
/// copies: tables belong to a role and rights are given to one, and both are copied. A test that changes a role makes a database of its own.
/// </summary>
/// <param name="prepare">Migrates the template, to which nothing may be connected afterwards.</param>
public sealed class DatabaseTemplate(Func<TestDatabase, CancellationToken, Task> prepare)
{
    private readonly Lock _lock = new();
    private Task<TestDatabase>? _prepared;

    /// <summary>A copy that a test has for itself.</summary>
    public async Task<TestDatabase> CopyAsync(CancellationToken cancellationToken)
    {
        var servers = await Servers.GetAsync(cancellationToken);
        var template = await PreparedAsync().WaitAsync(cancellationToken);
        var (copy, roles) = ($"test_{Guid.NewGuid():N}", RolesOf(template));
        await ExecuteAsync(servers.Postgres, cancellationToken,
            $"create database {copy} template \"{roles.Database}\" owner \"{roles.Owner}\"",
            $"revoke all on database {copy} from public",
            $"grant connect on database {copy} to \"{roles.Service}\"");
        return new(servers.Postgres, copy, new(In(template.ConnectionString, copy), In(template.ServiceConnectionString, copy)), ownRoles: false);
    }

    internal static Task DropCopyAsync(string admin, string name) => ExecuteAsync(admin, CancellationToken.None, $"drop database if exists \"{name}\" with (force)");

    // Not of one test, so that none that is canceled takes it away from the others.
    private Task<TestDatabase> PreparedAsync()
    {
        lock (_lock)
            return _prepared ??= PrepareAsync();
    }

    private async Task<TestDatabase> PrepareAsync()
    {
        var template = await TestDatabase.CreateAsync(CancellationToken.None);
        Servers.AtTheEnd(template.DisposeAsync);
        await prepare(template, CancellationToken.None);
        foreach (var role in (string[])[template.ConnectionString, template.ServiceConnectionString])
            await using (var connection = new NpgsqlConnection(role))
                NpgsqlConnection.ClearPool(connection);
        // Whoever still looks in would keep it from being copied.
        await ExecuteAsync((await Servers.GetAsync(CancellationToken.None)).Postgres, CancellationToken.None,
            $"alter database \"{RolesOf(template).Database}\" with allow_connections false",
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{RolesOf(template).Database}'");
        return template;
    }

    private static (string Database, string Owner, string Service) RolesOf(TestDatabase template)
    {
        var (owner, service) = (new NpgsqlConnectionStringBuilder(template.ConnectionString), new NpgsqlConnectionStringBuilder(template.ServiceConnectionString));
        return (owner.Database!, owner.Username!, service.Username!);
    }

    private static string In(string connectionString, string database) => new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;

    private static async Task ExecuteAsync(string admin, CancellationToken cancellationToken, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(admin) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The template of a service.</summary>
    internal static class Migrated<TDb> where TDb : DbContext
    {
        public static readonly DatabaseTemplate Template = new(async (template, cancellation) =>
        {
            await using var broker = await TestBroker.DeclaredAsync(cancellation);
            await Migrating.MigrateAsync<TDb>(template.ConnectionString, template.ServiceConnectionString, new Uri(broker.Address), TestStates.California);
        });
    }
}
