using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Delivery;

/// <summary>The outcome of an attempt on its way into the database.</summary>
internal sealed class Conclusion(ClaimedDelivery claimed, AttemptResult result)
{
    private readonly TaskCompletionSource _recorded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A failure depends on more than the claim told: the clock, and what the endpoint is now.
    private NoticeReading? _known = result.IsDelivered ? claimed.Known : null;

    public ClaimedDelivery Claimed { get; } = claimed;

    public AttemptResult Result { get; } = result;

    public Guid NoticeId => Claimed.Delivery.NoticeId;

    public Task Recorded => _recorded.Task;

    /// <summary>What the claim told about the notice, once: deciding changes it, and who is refused reads anew.</summary>
    public NoticeReading? TakeKnown() => Interlocked.Exchange(ref _known, null);

    public void End() => _recorded.TrySetResult();

    public void Fail(Exception exception) => _recorded.TrySetException(exception);
}
