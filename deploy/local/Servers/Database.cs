using Npgsql;

namespace SafeHarbor.Local.Servers;

/// <summary>A database's two roles, as connection strings.</summary>
/// <param name="Owner">Owns the database and all that is in it; for migrations, and for looking into it.</param>
/// <param name="Service">Owns nothing, and has the rights that migrations give it.</param>
public sealed record DatabaseRoles(string Owner, string Service);

/// <summary>Databases, each with an owner and a role for its service: row-level security binds the service's, as it does in production.</summary>
public static class Database
{
    /// <summary>Makes the database <paramref name="name"/>, its service's role of the same name and its owner <c>NAME_owner</c> where they are not there yet, with fresh passwords.</summary>
    public static async Task<DatabaseRoles> CreateAsync(string admin, string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(admin, cancellationToken);
        var (owner, service) = (await RoleAsync(connection, OwnerOf(name), cancellationToken), await RoleAsync(connection, name, cancellationToken));
        if (!await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", name, cancellationToken))
            await ExecuteAsync(connection, $"CREATE DATABASE {Quoted(name)} OWNER {Quoted(OwnerOf(name))}", cancellationToken);
        await ExecuteAsync(connection, $"REVOKE ALL ON DATABASE {Quoted(name)} FROM PUBLIC", cancellationToken);
        await ExecuteAsync(connection, $"GRANT CONNECT ON DATABASE {Quoted(name)} TO {Quoted(name)}", cancellationToken);
        return new(As(OwnerOf(name), owner), As(name, service));

        string As(string role, string password) =>
            new NpgsqlConnectionStringBuilder(admin) { Database = name, Username = role, Password = password }.ConnectionString;
    }

    /// <summary>Drops the database with whatever is connected to it, and its roles.</summary>
    public static async Task DropAsync(string admin, string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(admin, cancellationToken);
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)", cancellationToken);
        await ExecuteAsync(connection, $"DROP ROLE IF EXISTS {Quoted(name)}, {Quoted(OwnerOf(name))}", cancellationToken);
    }

    /// <summary>Whether there is such a database.</summary>
    public static async Task<bool> ExistsAsync(string admin, string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(admin, cancellationToken);
        return await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", name, cancellationToken);
    }

    /// <summary>The one number that a query gives.</summary>
    internal static async Task<long> CountAsync(string connectionString, string query, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var command = new NpgsqlCommand(query, connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The note that a database carries (its comment); null when it has none or is not there.</summary>
    internal static async Task<string?> NoteAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await using var command = new NpgsqlCommand("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()", connection);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Leaves a note on a database that its role owns; it goes when the database goes.</summary>
    internal static async Task SetNoteAsync(string connectionString, string note, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(connectionString, cancellationToken);
        await ExecuteAsync(connection, $"COMMENT ON DATABASE {Quoted(connection.Database)} IS '{note.Replace("'", "''", StringComparison.Ordinal)}'", cancellationToken);
    }

    /// <summary>
    /// Nobody who is not named may enter the databases that every server has: a service's role enters its own alone. For a server that was made here; on one that others run it is
    /// for whoever runs it.
    /// </summary>
    internal static async Task CloseOwnAsync(string admin, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(admin, cancellationToken);
        await ExecuteAsync(connection, "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC", cancellationToken);
    }

    /// <summary>Where the server that answers keeps its data, as it says itself; null when none answers.</summary>
    internal static async Task<string?> DirectoryAsync(string admin, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(new NpgsqlConnectionStringBuilder(admin) { Timeout = 3 }.ConnectionString, cancellationToken);
        await using var command = new NpgsqlCommand("SHOW data_directory", connection);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    internal static async Task<bool> AnswersAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(connectionString, cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string OwnerOf(string name) => name + "_owner";

    /// <returns>The role's password.</returns>
    private static async Task<string> RoleAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        var password = Guid.NewGuid().ToString("N");
        var verb = await ExistsAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", role, cancellationToken) ? "ALTER" : "CREATE";
        await ExecuteAsync(connection, $"{verb} ROLE {Quoted(role)} LOGIN PASSWORD '{password}'", cancellationToken);
        return password;
    }

    // Not pooled: the server is stopped, and databases are dropped, without an idle connection in the way.
    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string query, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(query, connection) { Parameters = { new() { Value = name } } };
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
