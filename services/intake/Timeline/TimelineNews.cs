using System.Collections.Concurrent;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Wakes requests that wait for something to happen to an encounter: at once when it happens in this process, within a second otherwise.</summary>
public sealed class TimelineNews(TimeProvider time, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>Something has happened to the encounter: whoever waits looks again.</summary>
    public void Tell(Guid encounterId)
    {
        if (_waiting.TryRemove(encounterId, out var waiting))
            waiting.TrySetResult();
    }

    /// <summary>Looks until it is <paramref name="enough"/>, patience ends or the service stops, and returns what it saw last.</summary>
    public async Task<T> UntilAsync<T>(Guid encounterId, TimeSpan patience, Func<Task<T>> look, Func<T, bool> enough, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        var started = time.GetTimestamp();
        try
        {
            while (true)
            {
                var news = _waiting.GetOrAdd(encounterId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                var seen = await look();
                var left = patience - time.GetElapsedTime(started);
                if (enough(seen) || left <= TimeSpan.Zero || stop.IsCancellationRequested)
                    return seen;
                await Task.WhenAny(news, Task.Delay(left < Net ? left : Net, time, stop.Token));
                cancellation.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            // Others who wait for the same encounter look once more and wait on.
            Tell(encounterId);
        }
    }
}
