namespace SafeHarbor.Load;

/// <summary>What the crew has done about one encounter; it may know of it before the officer has the receipt.</summary>
internal sealed class Progress
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _handoffs, _offers;
    private (int Handoffs, int Offers)? _wanted;

    /// <summary>When the first county's webhook came.</summary>
    public long Notified { get; private set; }

    public void Heard(Notice notice)
    {
        lock (_lock)
            if (Notified == 0 && notice.Type == "handoff.opened")
                Notified = notice.At;
    }

    public void Did(Command command)
    {
        if (!command.Answer.IsSuccess || command.Name != "accept")
            return;
        lock (_lock)
        {
            if (command.About.Type is "handoff.opened" or "handoff.confirmed")
                _handoffs++;
            else
                _offers++;
            Look();
        }
    }

    /// <summary>Completes when so many handoffs and offers have been accepted.</summary>
    public Task AcceptedAsync(int handoffs, int offers)
    {
        lock (_lock)
        {
            _wanted = (handoffs, offers);
            Look();
        }
        return _done.Task;
    }

    private void Look()
    {
        if (_wanted is { } wanted && _handoffs >= wanted.Handoffs && _offers >= wanted.Offers)
            _done.TrySetResult();
    }
}
