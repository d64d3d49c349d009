using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary>
/// Starts the drills that counties' packs ask for, once a day and at its hour; after an outage as soon as it is over, while it is still that day. Its id follows from county and day: of
/// several instances, and of one that is started again, one starts it.
/// </summary>
internal sealed partial class DailyDrills(CountyMap map, CountyDirectory directory, UnitStore store, TimeProvider time, ILogger<DailyDrills> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly Guid Ids = new("6d0a3f1e-6c1b-4d43-9a55-0c8f5f1f1f7a");

    private readonly Dictionary<CountyFips, DateOnly> _started = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (directory.IsLoaded)
                    await StartDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name);
            }
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Starts what is due and has not been started today.</summary>
    /// <returns>How many were started here.</returns>
    internal async Task<int> StartDueAsync(CancellationToken cancellation)
    {
        var (now, today, started) = (time.GetUtcNow(), directory.Today, 0);
        foreach (var county in map.Counties)
        {
            if (directory.PackOf(county).DailyDrill is not { } daily || _started.GetValueOrDefault(county.Fips) == today || now < map.State.InstantOf(today, daily.Time))
                continue;
            var unit = new UnitOfWork();
            unit.StartDrill(DeterministicId.Of(Ids, $"{county.Fips} {today:yyyy-MM-dd}"), county, daily.WithinMinutes, null, now);
            // Another instance was first, or this one before it was started again.
            if (await store.CommitAsync(unit, cancellation) is null)
            {
                LogStarted(logger, county.Fips.Text);
                started++;
            }
            _started[county.Fips] = today;
        }
        return started;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The daily drill of county {CountyFips} was started.")]
    private static partial void LogStarted(ILogger logger, string countyFips);

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked which daily drills are due ({Error}); it is looked again.")]
    private static partial void LogFailed(ILogger logger, string error);
}
