using Npgsql;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.TestServers;

/// <summary>A fresh, empty database that a test has for itself, with an owner and a role for the service, neither of them a superuser. Dropped on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _admin;
    private readonly string _name;

    private TestDatabase(string admin, string name, DatabaseRoles roles) =>
        (_admin, _name, ConnectionString, ServiceConnectionString) = (admin, name, roles.Owner, roles.Service);

    /// <summary>For the database's owner: migrates, and looks into tables past row-level security.</summary>
    public string ConnectionString { get; }

    /// <summary>For the service's role, as a service gets it: what it may do follows from the migration.</summary>
    public string ServiceConnectionString { get; }

    /// <summary>The same database for the administrator, whom row-level security does not bind.</summary>
    public string AdminConnectionString => new NpgsqlConnectionStringBuilder(_admin) { Database = _name }.ConnectionString;

    public static async Task<TestDatabase> CreateAsync(CancellationToken cancellationToken)
    {
        var servers = await Servers.GetAsync(cancellationToken);
        var name = $"test_{Guid.NewGuid():N}";
        return new TestDatabase(servers.Postgres, name, await Database.CreateAsync(servers.Postgres, name, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var role in (string[])[ConnectionString, ServiceConnectionString])
            await using (var connection = new NpgsqlConnection(role))
                NpgsqlConnection.ClearPool(connection);
        await Database.DropAsync(_admin, _name, CancellationToken.None);
    }
}
