using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.Messaging.Storage;

/// <summary>Every hour: makes the inbox's coming days and drops those past keeping, and forgets old idempotency keys. Any instance may do it.</summary>
internal sealed partial class Housekeeping(UnitStore store, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    /// <summary>How long a message and a request are remembered: longer than any outage after which a broker or a client still repeats itself.</summary>
    public const int DaysKept = 30;
    private const int DaysAhead = 7;
    internal const long LockKey = 0x5AFE_0003;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        do
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name, e.Message);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task RunAsync(CancellationToken cancellation)
    {
        await using (var days = store.Database.CreateBatch())
        {
            // One instance after the other: two that make or drop the same day at once get in each other's way.
            days.BatchCommands.Add(new($"select pg_advisory_xact_lock({LockKey})"));
            days.BatchCommands.Add(new($"select keep_inbox({DaysKept}, {DaysAhead})"));
            await days.ExecuteNonQueryAsync(cancellation);
        }
        // In small steps, so that no request waits for it.
        await using var keys = store.Database.CreateCommand($"""
            delete from idempotency_keys where ctid = any(array(
                select ctid from idempotency_keys where created_at < now() - interval '{DaysKept} days' limit 1000))
            """);
        while (await keys.ExecuteNonQueryAsync(cancellation) == 1000)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed ({Error}: {Reason}); it is tried again in an hour.")]
    private static partial void LogFailed(ILogger logger, string error, string reason);
}
