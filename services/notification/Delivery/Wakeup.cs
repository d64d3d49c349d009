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

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _signal.WaitAsync(atMost, cancellation);

    public void Dispose() => _signal.Dispose();
}
