using Npgsql;

namespace SafeHarbor.Intake.Retention;

/// <summary>An advisory lock of the database that ends with its session, or earlier when it is given back.</summary>
internal sealed class DatabaseLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private DatabaseLock(NpgsqlConnection connection, long key) => (_connection, _key) = (connection, key);

    /// <summary>Waits for it, as long as a command may take.</summary>
    public static async Task<DatabaseLock> TakeAsync(NpgsqlDataSource database, long key, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            await using var take = new NpgsqlCommand("select pg_advisory_lock($1)", connection) { Parameters = { new() { Value = key } } };
            await take.ExecuteNonQueryAsync(cancellation);
            return new(connection, key);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // Sessions are not reset when they go back to the pool.
    public async ValueTask DisposeAsync()
    {
        await using var connection = _connection;
        await using var give = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = _key } } };
        await give.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
