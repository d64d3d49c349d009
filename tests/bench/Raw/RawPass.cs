using System.Diagnostics;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench.Raw;

/// <summary>How many journeys' worth of messages the broker and MassTransit carry, without anything else.</summary>
internal static class RawPass
{
    private const string VirtualHostName = "safeharbor_raw";

    /// <returns>Journeys per second.</returns>
    public static async Task<double> MeasureAsync(ServerPair servers, int inFlight, TimeSpan warmUp, TimeSpan duration, CancellationToken cancellation)
    {
        var broker = await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, VirtualHostName, cancellation);
        try
        {
            await using var bus = await RawBus.StartAsync(new Uri(broker), cancellation);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var ended = 0;
            var running = Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
            {
                for (; !enough.IsCancellationRequested; Interlocked.Increment(ref ended))
                    await bus.RunJourneyAsync(cancellation);
            }));
            await Task.Delay(warmUp, cancellation);
            var (began, before) = (Stopwatch.GetTimestamp(), ended);
            await Task.Delay(duration, cancellation);
            var perSecond = (ended - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
            await enough.CancelAsync();
            await running.WaitAsync(TimeSpan.FromSeconds(30), cancellation);
            return perSecond;
        }
        finally
        {
            await VirtualHost.DeleteAsync(servers.RabbitMqManagement, VirtualHostName, CancellationToken.None);
        }
    }
}
