namespace SafeHarbor.Intake.Retention;

/// <summary>
/// Destroys by the clock what is due (<c>Retention:Every</c>; for the first time at some moment within it, so that instances do not come together), and
/// finishes within a minute what was ordered and interrupted. Several instances take turns.
/// </summary>
internal sealed partial class RetentionWorker(DestroyReports reports, RetentionSettings settings, TimeProvider time, ILogger<RetentionWorker> logger) : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var next = time.GetUtcNow() + settings.Every * Random.Shared.NextDouble();
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (time.GetUtcNow() < next)
                    await reports.FinishAsync(stoppingToken);
                else
                {
                    next = time.GetUtcNow() + settings.Every;
                    while (await RunAsync(stoppingToken) == Batch)
                    {
                    }
                }
                await Task.Delay(Tick, time, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name);
                await Task.Delay(Tick, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    private async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (ordered, unfinished) = await reports.RunAsync(Batch, null, cancellation);
        if (ordered.Count > 0)
            LogRun(logger, ordered.Count, unfinished);
        return ordered.Count;
    }

    [LoggerMessage(LogLevel.Information, "The details of {Count} reports had been kept long enough; {Unfinished} destructions wait for the key store")]
    private static partial void LogRun(ILogger logger, int count, int unfinished);

    [LoggerMessage(LogLevel.Warning, "Retention is interrupted for the moment ({Error}); it goes on by itself.")]
    private static partial void LogFailed(ILogger logger, string error);
}
