using System.Threading.Channels;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>Wakes one sleeper at once. However often it is rung meanwhile, the sleeper looks once.</summary>
internal sealed class Wakeup
{
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Returns when it rings or when <paramref name="longest"/> has passed.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellation)
    {
        if (_rung.Reader.TryRead(out _))
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(longest);
        await _rung.Reader.WaitToReadAsync(limit.Token).AsTask().ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        cancellation.ThrowIfCancellationRequested();
        _rung.Reader.TryRead(out _);
    }
}
