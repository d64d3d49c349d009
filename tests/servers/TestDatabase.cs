using Microsoft.EntityFrameworkCore;
using Npgsql;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.TestServers;

/// <summary>A database that a test has for itself, with an owner and a role for the service, neither of them a superuser. Dropped on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _admin;
    private readonly string _name;
    private readonly bool _ownRoles;

    internal TestDatabase(string admin, string name, DatabaseRoles roles, bool ownRoles) =>
        (_admin, _name, ConnectionString, ServiceConnectionString, _ownRoles) = (admin, name, roles.Owner, roles.Service, ownRoles);

    /// <summary>For the database's owner: migrates, and looks into tables past row-level security.</summary>
    public string ConnectionString { get; }

    /// <summary>For the service's role, as a service gets it: what it may do follows from the migration.</summary>
    public string ServiceConnectionString { get; }

    /// <summary>The same database for the administrator, whom row-level security does not bind.</summary>
    public string AdminConnectionString => new NpgsqlConnectionStringBuilder(_admin) { Database = _name }.ConnectionString;

    /// <summary>An empty one, with two roles of its own.</summary>
    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var servers = await Servers.GetAsync(cancellationToken);
        var name = $"test_{Guid.NewGuid():N}";
        return new TestDatabase(servers.Postgres, name, await Database.CreateAsync(servers.Postgres, name, cancellationToken), ownRoles: true);
    }

    /// <summary>One with the service's tables and rights, as <c>migrate</c> leaves it: a copy of the one that was migrated when the first was asked for.</summary>
    public static Task<TestDatabase> MigratedAsync<TDb>(CancellationToken cancellationToken) where TDb : DbContext =>
        DatabaseTemplate.Migrated<TDb>.Template.CopyAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var role in (string[])[ConnectionString, ServiceConnectionString])
            await using (var connection = new NpgsqlConnection(role))
                NpgsqlConnection.ClearPool(connection);
        if (_ownRoles)
            await Database.DropAsync(_admin, _name, CancellationToken.None);
        else
            await DatabaseTemplate.DropCopyAsync(_admin, _name);
    }
}
