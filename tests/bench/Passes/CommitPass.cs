using System.Diagnostics;
using Npgsql;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench.Passes;

/// <summary>How fast the database makes single rows durable, one connection, one row a commit: what the disk allows.</summary>
internal static class CommitPass
{
    private const string Name = "safeharbor_commits";

    /// <returns>Commits per second.</returns>
    public static async Task<double> MeasureAsync(ServerPair servers, TimeSpan duration, CancellationToken cancellation)
    {
        var address = await Database.CreateAsync(servers.Postgres, Name, cancellation);
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.Owner) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var create = new NpgsqlCommand("set synchronous_commit = on; create table rows (id bigint generated always as identity primary key, at timestamptz not null default now())", connection);
            await create.ExecuteNonQueryAsync(cancellation);
            await using var insert = new NpgsqlCommand("insert into rows default values", connection);
            await insert.PrepareAsync(cancellation);
            var (began, commits) = (Stopwatch.GetTimestamp(), 0);
            for (; Stopwatch.GetElapsedTime(began) < duration; commits++)
                await insert.ExecuteNonQueryAsync(cancellation);
            return commits / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            await Database.DropAsync(servers.Postgres, Name, CancellationToken.None);
        }
    }
}
