using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Handling;

/// <summary>How an attempt at a message ended.</summary>
internal enum Outcome
{
    /// <summary>Its effects are in the database.</summary>
    Committed,
    /// <summary>They already were.</summary>
    Duplicate,
    /// <summary>Nothing was written, through no fault of the message: the handler runs again.</summary>
    Again,
}

/// <summary>One message at one queue on its way through a <see cref="GroupCommit"/>: its place in the inbox, its unit of work and, at a saga, the saga.</summary>
internal sealed class Delivery(InboxRow inbox, Guid key, int attempt = 0, bool alone = false)
{
    private readonly TaskCompletionSource _loaded = new();
    private readonly TaskCompletionSource<bool> _handled = new();
    private readonly TaskCompletionSource<Outcome> _outcome = new();

    public InboxRow Inbox { get; } = inbox;

    /// <summary>What it is about: the encounter, mostly.</summary>
    public Guid Key { get; } = key;

    public UnitOfWork Unit { get; } = new();

    /// <summary>How often it was given up through no fault of its own.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>Commits by itself: it was in a group that failed.</summary>
    public bool Alone { get; set; } = alone;

    /// <summary>The saga to load before the handler runs; null at a consumer.</summary>
    public (Type Type, Guid Id)? Wants { get; set; }

    /// <summary>The loaded saga; null when there is none.</summary>
    public object? Saga { get; private set; }

    public bool IsDuplicate { get; private set; }

    /// <summary>Completes when the saga is loaded and locked.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Completes when the handler has: true when it succeeded.</summary>
    public Task<bool> Handled => _handled.Task;

    /// <summary>Completes when it is decided what became of it.</summary>
    public Task<Outcome> Outcome => _outcome.Task;

    public void Load(object? saga, bool isDuplicate)
    {
        (Saga, IsDuplicate) = (saga, isDuplicate);
        _loaded.TrySetResult();
    }

    public void Handle(bool succeeded) => _handled.TrySetResult(succeeded);

    public void End(Outcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception exception)
    {
        _loaded.TrySetException(exception);
        _outcome.TrySetException(exception);
    }

    /// <summary>Goes back to its queue.</summary>
    public void Release()
    {
        _loaded.TrySetCanceled();
        _outcome.TrySetCanceled();
    }

    public Delivery Again() => new(Inbox, Key, Attempt + 1, Alone);
}
