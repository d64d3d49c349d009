namespace SafeHarbor.Notification.Delivery;

/// <summary>Wakes this process's worker; any number of calls while it is busy count as one.</summary>
internal sealed class Wakeup : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _gate = new();

    public void Set()
    {
        lock (_gate)
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }

    /// <summary>Forgets calls so far: who looks from now on sees what they were about.</summary>
    public void Reset() => _signal.Wait(0);

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _signal.WaitAsync(atMost, cancellation);

    public void Dispose() => _signal.Dispose();
}
