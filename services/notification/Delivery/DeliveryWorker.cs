using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using SafeHarbor.ServiceDefaults.Hosting;

using SafeHarbor.Notification.Feed;

namespace SafeHarbor.Notification.Delivery;

/// <summary>
/// Addresses new notices and attempts what is due. Everything it knows is in the database, so any number of instances may run and any of them
/// may die at any moment.
/// </summary>
internal sealed partial class DeliveryWorker(Claims claims, Addressing addressing, FeedSilence silence, Attempt attempt, Conclusions conclusions, Wakeup wakeup,
    IOptions<DeliverySettings> settings, ILogger<DeliveryWorker> log) : BackgroundService
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(20);
    private const int Busy = 2;
    private readonly AttemptsUnderWay _underWay = new(settings.Value);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever fails, the next round may succeed; what was claimed comes back by its lease.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogInterrupted(log, (e as PostgresException)?.SqlState ?? e.GetType().Name);
                await Task.Delay(Net, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        // What is under way ends by its own timeout.
        await _underWay.All;
    }

    /// <summary>Starts all that can be started, then waits until there may be more.</summary>
    private async Task RoundAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var (free, busy) = (_underWay.Free, _underWay.Busy);
        var taken = await claims.TakeAsync(free, busy, cancellation);
        if (_underWay.Start(taken.Claimed, free, busy, RunAsync) || taken.MoreNotices)
            wakeup.Ring();
        if (taken.NobodyToTell.Count > 0 && !await addressing.GiveUpAsync(taken.NobodyToTell, cancellation))
            wakeup.Ring();
        if (taken.NextSilence <= TimeSpan.Zero)
        {
            await silence.GiveUpAsync(cancellation);
            wakeup.Ring();
        }
        var next = TimeSpan.FromTicks(Math.Min(taken.NextDue?.Ticks ?? Net.Ticks, taken.NextSilence?.Ticks ?? Net.Ticks));
        await wakeup.WaitAsync(next < Net ? next + TimeSpan.FromMilliseconds(1) : Net, cancellation);
        // Where few come nothing waits; where many do, what follows closely waits for more to come.
        if (taken.Claimed.Count > Busy && Company - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, cancellation);
            wakeup.Forget();
        }
    }

    private async Task RunAsync(ClaimedDelivery claimed)
    {
        try
        {
            var result = await attempt.MakeAsync(claimed, CancellationToken.None);
            if (_underWay.Answered(claimed))
                wakeup.Ring();
            await conclusions.ConcludeAsync(claimed, result);
        }
#pragma warning disable CA1031 // As above: the lease brings it back.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNoOutcome(log, claimed.Delivery.Id, e.GetType().Name);
        }
        finally
        {
            if (_underWay.Ended(claimed))
                wakeup.Ring();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Deliveries are interrupted ({Error}); nothing is lost, they go on in a second.")]
    private static partial void LogInterrupted(ILogger log, string error);

    [LoggerMessage(LogLevel.Warning, "The outcome of delivery {Delivery} is not known ({Error}); it is attempted again under the same webhook-id.")]
    private static partial void LogNoOutcome(ILogger log, Guid delivery, string error);
}
