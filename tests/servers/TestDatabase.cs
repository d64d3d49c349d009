using Npgsql;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.TestServers;

/// <summary>A fresh, empty database that a test has for itself, owned by a role that is no superuser. Dropped on dispose.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _admin;
    private readonly string _name;

    private TestDatabase(string admin, string name, string connectionString) =>
        (_admin, _name, ConnectionString) = (admin, name, connectionString);

    /// <summary>For the database's owner, as a service would get it.</summary>
    public string ConnectionString { get; }

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
        await using (var connection = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(connection);
        await Database.DropAsync(_admin, _name, CancellationToken.None);
    }
}
