using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Messaging.Replicas;

/// <summary>
/// Keeps a replica equal to its table: a trigger notifies every instance of a change when it commits, and a slow reading is the net under that. Plain SQL,
/// because a process that only waits then never builds the model of EF Core, 25 MB of memory.
/// </summary>
internal sealed partial class ReplicaFollower(Replica replica, NpgsqlDataSource database, IConfiguration configuration, ILogger<ReplicaFollower> log) : BackgroundService
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AddSamplesAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // What is wrong with files it says itself, without a secret; what a driver says may quote a row.
                if (failure is StartRefusedException wrong)
                    LogWrongSamples(log, replica.Table, wrong.Message);
                else
                    LogInterrupted(log, replica.Table, failure.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var listen = new NpgsqlCommand($"listen replica_{replica.Table}", connection);
        while (true)
        {
            // Again each time: it notices a connection that is gone. A notification that it takes in is of a change that the reading after it sees.
            await listen.ExecuteNonQueryAsync(cancellation);
            await ReadAsync(cancellation);
            await connection.WaitAsync(AtLeastEvery, cancellation);
        }
    }

    // On another connection: what came in on the listening one while it reads would be taken for read.
    private async Task ReadAsync(CancellationToken cancellation)
    {
        await using var select = database.CreateCommand(replica.Select);
        await using var rows = await select.ExecuteReaderAsync(cancellation);
        foreach (var key in await replica.LoadAsync(rows, cancellation))
            LogRefused(log, key, replica.Table);
    }

    private async Task AddSamplesAsync(CancellationToken cancellation)
    {
        if (!configuration.GetValue<bool>("SafeHarbor:SampleData"))
            return;
        await using var insert = database.CreateCommand(
            $"insert into {replica.Table} select * from jsonb_populate_recordset(null::{replica.Table}, $1::jsonb) on conflict do nothing");
        insert.Parameters.Add(new() { Value = JsonSerializer.Serialize(replica.Samples, WireFormat.Json) });
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The table {Table} cannot be read for the moment: {Failure}. What was read before stays in force.")]
    private static partial void LogInterrupted(ILogger logger, string table, string failure);

    [LoggerMessage(LogLevel.Error, "The samples for the table {Table} cannot be read, and the service is not ready without them. {Wrong}")]
    private static partial void LogWrongSamples(ILogger logger, string table, string wrong);

    [LoggerMessage(LogLevel.Error, "The row {Key} of {Table} cannot be used; the one before it, if there was one, stays in force. Correct the row.")]
    private static partial void LogRefused(ILogger logger, string key, string table);
}
