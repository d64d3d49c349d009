namespace SafeHarbor.Messaging.Handling;

/// <summary>
/// Handles messages with the same key one after the other, others side by side, so that messages of one encounter neither wait for each other's row
/// locks nor overtake each other inside a process. A message that is tried again leaves its lane meanwhile: handlers must tolerate another order.
/// </summary>
internal sealed class Lanes(int count = 64)
{
    private readonly SemaphoreSlim[] _lanes = Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(1, 1)).ToArray();

    public async Task<IDisposable> EnterAsync(Guid key, CancellationToken cancellation)
    {
        var lane = _lanes[(uint)key.GetHashCode() % _lanes.Length];
        await lane.WaitAsync(cancellation);
        return new Exit(lane);
    }

    private sealed class Exit(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
