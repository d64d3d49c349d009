using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SafeHarbor.Notification.Delivery;

/// <summary>
/// Addresses new notices and attempts what is due. Everything it knows is in the database, so any number of instances may run and any of them
/// may die at any moment.
/// </summary>
internal sealed partial class DeliveryWorker(Addressing addressing, Claims claims, Attempt attempt, Wakeup wakeup, IOptions<DeliverySettings> settings,
    ILogger<DeliveryWorker> log) : BackgroundService
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, (Guid Endpoint, Task Task)> _running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await wakeup.WaitAsync(await WorkAsync(stoppingToken), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever fails, the next round may succeed; what was claimed comes back by its lease.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogInterrupted(log, e.GetType().Name);
                await Task.Delay(Net, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        // What is under way ends by its own timeout.
        await Task.WhenAll(_running.Values.Select(r => r.Task));
    }

    /// <summary>Starts all that can be started; returns how long there is nothing to do.</summary>
    private async Task<TimeSpan> WorkAsync(CancellationToken cancellation)
    {
        var waiting = await claims.LookAsync(cancellation);
        if (waiting.Notices)
            await addressing.AddressAsync(cancellation);
        var claimed = waiting.Notices || waiting.Deliveries ? await ClaimAsync(cancellation) : [];
        foreach (var delivery in claimed)
            Start(delivery);
        if (waiting.Notices || claimed.Count > 0)
            return TimeSpan.Zero;
        return waiting.NextDue is { } next && next < Net ? next + TimeSpan.FromMilliseconds(1) : Net;
    }

    private async Task<IReadOnlyList<NoticeDelivery>> ClaimAsync(CancellationToken cancellation)
    {
        var free = settings.Value.Concurrency - _running.Count;
        var busy = _running.Values.CountBy(r => r.Endpoint).ToDictionary();
        return free > 0 ? await claims.TakeAsync(free, busy, cancellation) : [];
    }

    private void Start(NoticeDelivery delivery)
    {
        var claim = delivery.Claim!.Value;
        var begin = new TaskCompletionSource();
        _running[claim] = (delivery.EndpointId, RunAsync());
        begin.SetResult();

        async Task RunAsync()
        {
            await begin.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                await attempt.RunAsync(delivery, CancellationToken.None);
            }
#pragma warning disable CA1031 // As above: the lease brings it back.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogNoOutcome(log, delivery.Id, e.GetType().Name);
            }
            finally
            {
                _running.TryRemove(claim, out _);
                wakeup.Set();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Deliveries are interrupted ({Error}); nothing is lost, they go on in a second.")]
    private static partial void LogInterrupted(ILogger log, string error);

    [LoggerMessage(LogLevel.Warning, "The outcome of delivery {Delivery} is not known ({Error}); it is attempted again under the same webhook-id.")]
    private static partial void LogNoOutcome(ILogger log, Guid delivery, string error);
}
