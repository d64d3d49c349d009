using Npgsql;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// What the running service's role may do in its database, as each <c>rights.sql</c> says it, for <c>psql</c>'s variable <c>service</c>. It is desired
/// state: everything is taken and exactly that is given, in one transaction.
/// </summary>
internal static class Rights
{
    private const string Role = ":\"service\"";

    public static async Task ApplyAsync(string owner, string service, IEnumerable<Type> beside)
    {
        var role = new NpgsqlConnectionStringBuilder(service).Username ?? "";
        if (role.Length == 0 || role == new NpgsqlConnectionStringBuilder(owner).Username)
        {
            throw new InvalidOperationException("The connection strings of a database's owner and of its service (ConnectionStrings:Owner and "
                + "ConnectionStrings:Database) must name two roles: the owner migrates, and the service gets only the rights that it needs.");
        }
        // One after the other, and not while the inbox gets or loses a day: the same rows of the catalog are written.
        var sql = string.Join('\n', beside.SelectMany(SqlFiles.Beside).Where(file => file.Name == "rights").Select(file => file.Sql)
            .Prepend($"select pg_advisory_xact_lock({Housekeeping.LockKey});"));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql.Replace(Role, $"\"{role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", StringComparison.Ordinal), connection);
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }
}
