using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Moves due timers to the outbox. Looks when the next one is due and at least every second, so that a timer fires within a second of its time
/// whoever started it; every instance of a service does, and each timer fires in one of them.
/// </summary>
internal sealed partial class TimerClock(UnitStore store, RelayState relay, ILogger<TimerClock> logger) : BackgroundService
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var next = await FireAsync(stoppingToken);
                await relay.Timers.WaitAsync(next < Net ? next.Value + TimeSpan.FromMilliseconds(1) : Net, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name, e.Message);
                await Task.Delay(Net, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    /// <returns>How long until the next timer is due; null when there is none.</returns>
    private async Task<TimeSpan?> FireAsync(CancellationToken cancellation)
    {
        await using var batch = store.Database.CreateBatch();
        batch.BatchCommands.Add(new(Timers.FireDue));
        batch.BatchCommands.Add(new(Timers.NextDue));
        var fired = 0;
        TimeSpan? next;
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            for (; await reader.ReadAsync(cancellation); fired++)
                Instruments.TimerLateness.Record(reader.GetDouble(0), Instruments.System);
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            next = reader.IsDBNull(0) ? null : TimeSpan.FromMilliseconds(Math.Max(0, reader.GetDouble(0)));
        }
        if (fired > 0)
            await store.TellRelaysAsync(cancellation);
        return next;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due timers could not be moved to the outbox ({Error}: {Reason}); they wait.")]
    private static partial void LogFailed(ILogger logger, string error, string reason);
}
