using Npgsql;

namespace SafeHarbor.Bench.Meters;

/// <summary>What PostgreSQL has counted: commits by service, and bytes of its log.</summary>
internal sealed record DatabaseCounts(IReadOnlyDictionary<string, long> Commits, long WalBytes)
{
    private const string Query = """
        select datname, xact_commit, (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint from pg_stat_database where datname = any($1)
        """;

    /// <param name="admin">Connection string of an administrator.</param>
    /// <param name="databases">Service names by database name.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<DatabaseCounts> ReadAsync(string admin, IReadOnlyDictionary<string, string> databases, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(admin);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(Query, connection) { Parameters = { new() { Value = databases.Keys.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (commits, wal) = (new Dictionary<string, long>(), 0L);
        while (await reader.ReadAsync(cancellation))
        {
            commits[databases[reader.GetString(0)]] = reader.GetInt64(1);
            wal = reader.GetInt64(2);
        }
        return new(commits, wal);
    }
}
