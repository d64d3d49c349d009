namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// Wakes one worker of this process that otherwise sleeps until its net: after a commit, mostly. Any number of calls while it is busy count as one,
/// and none is lost. What must happen does not rest on it.
/// </summary>
public sealed class Wakeup : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _gate = new();

    /// <summary>There may be something to do.</summary>
    public void Ring()
    {
        lock (_gate)
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }

    /// <summary>Forgets calls so far: who looks from now on sees what they were about.</summary>
    public void Forget() => _signal.Wait(0);

    /// <summary>Returns when it rings, at once when it has rung already, or when <paramref name="atMost"/> has passed.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellation) => _signal.WaitAsync(atMost, cancellation);

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();
}
