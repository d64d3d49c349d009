using System.Collections.Concurrent;

namespace SafeHarbor.Notification.Delivery;

/// <summary>The attempts under way, from claim to outcome, and where there is no room for more.</summary>
internal sealed class AttemptsUnderWay(DeliverySettings settings)
{
    private readonly ConcurrentDictionary<Guid, Task> _open = new();
    private readonly ConcurrentDictionary<Guid, Guid> _asked = new();
    private volatile HashSet<Guid> _fullEndpoints = [];
    private volatile bool _isFull;

    /// <summary>How many more may be claimed.</summary>
    public int Free => Math.Max(0, settings.Concurrency - _open.Count);

    /// <summary>How many attempts wait for an answer, by endpoint.</summary>
    public Dictionary<Guid, int> Busy => _asked.Values.CountBy(endpoint => endpoint).ToDictionary();

    /// <summary>Completes when everything under way has its outcome.</summary>
    public Task All => Task.WhenAll(_open.Values);

    /// <summary>Begins what was claimed when that much was free and busy.</summary>
    /// <returns>True when there was no room left for what may be due, and there is some again.</returns>
    public bool Start(IReadOnlyList<ClaimedDelivery> claimed, int free, IReadOnlyDictionary<Guid, int> busy, Func<ClaimedDelivery, Task> run)
    {
        var begin = new TaskCompletionSource();
        foreach (var one in claimed)
        {
            _asked[ClaimOf(one)] = one.Delivery.EndpointId;
            _open[ClaimOf(one)] = RunAsync(one);
        }
        (_isFull, _fullEndpoints) = (claimed.Count >= free, FullEndpoints(claimed, busy));
        begin.SetResult();
        var now = Busy;
        return _isFull && Free > 0 || _fullEndpoints.Any(endpoint => now.GetValueOrDefault(endpoint) < settings.ConcurrencyPerEndpoint);

        async Task RunAsync(ClaimedDelivery one)
        {
            await begin.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await run(one);
        }
    }

    /// <summary>The endpoint has answered; true when there was no room for more at it.</summary>
    public bool Answered(ClaimedDelivery claimed) => _asked.TryRemove(ClaimOf(claimed), out var endpoint) && _fullEndpoints.Contains(endpoint);

    /// <summary>The attempt has its outcome, or none; true when there was no room for more.</summary>
    public bool Ended(ClaimedDelivery claimed)
    {
        var wasFull = Answered(claimed);
        _open.TryRemove(ClaimOf(claimed), out _);
        return wasFull || _isFull;
    }

    private HashSet<Guid> FullEndpoints(IReadOnlyList<ClaimedDelivery> claimed, IReadOnlyDictionary<Guid, int> busy)
    {
        var begun = claimed.CountBy(c => c.Delivery.EndpointId).ToDictionary();
        return [.. busy.Keys.Union(begun.Keys).Where(e => busy.GetValueOrDefault(e) + begun.GetValueOrDefault(e) >= settings.ConcurrencyPerEndpoint)];
    }

    private static Guid ClaimOf(ClaimedDelivery claimed) => claimed.Delivery.Claim!.Value;
}
