using Npgsql;

namespace SafeHarbor.Local.Servers;

/// <summary>Databases, each with a role of its own that owns it and nothing else: row-level security binds that role, as it does in production.</summary>
public static class Database
{
    /// <summary>Makes the database and its role of the same name where they are not there yet, with a fresh password.</summary>
    /// <returns>The role's connection string.</returns>
    public static async Task<string> CreateAsync(string admin, string name, CancellationToken cancellationToken)
    {
        var password = Guid.NewGuid().ToString("N");
        await using var connection = await OpenAsync(admin, cancellationToken);
        var verb = await ExistsAsync(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", name, cancellationToken) ? "ALTER" : "CREATE";
        await ExecuteAsync(connection, $"{verb} ROLE {Quoted(name)} LOGIN PASSWORD '{password}'", cancellationToken);
        if (!await ExistsAsync(connection, "SELECT 1 FROM pg_database WHERE datname = $1", name, cancellationToken))
            await ExecuteAsync(connection, $"CREATE DATABASE {Quoted(name)} OWNER {Quoted(name)}", cancellationToken);
        return new NpgsqlConnectionStringBuilder(admin) { Database = name, Username = name, Password = password }.ConnectionString;
    }

    /// <summary>Drops the database with whatever is connected to it, and its role.</summary>
    public static async Task DropAsync(string admin, string name, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(admin, cancellationToken);
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)", cancellationToken);
        await ExecuteAsync(connection, $"DROP ROLE IF EXISTS {Quoted(name)}", cancellationToken);
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
