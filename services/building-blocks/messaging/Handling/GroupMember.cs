using System.Diagnostics;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Handling;

/// <summary>How an attempt at a message ended.</summary>
internal enum CommitOutcome
{
    /// <summary>Its effects are in the database.</summary>
    Committed,
    /// <summary>They already were.</summary>
    Duplicate,
    /// <summary>Nothing was written, through no fault of the message: the handler runs again.</summary>
    Again,
}

/// <summary>
/// A message at a queue, or a request, on its way through a <see cref="GroupCommit"/>: its place in the inbox, its unit of work and, at a saga, the
/// saga. A message is held until the database takes it; a request is told at once that it does not.
/// </summary>
internal sealed class GroupMember
{
    private readonly TaskCompletionSource _loaded = new();
    private readonly TaskCompletionSource<bool> _handled = new();
    private readonly TaskCompletionSource<CommitOutcome> _outcome = new();

    private GroupMember(InboxRow? inbox, Guid key, bool isRequest, UnitOfWork unit) => (Inbox, Key, IsRequest, Unit) = (inbox, key, isRequest, unit);

    /// <summary>Where it is remembered; null when its effects are once by themselves, and for a request.</summary>
    public InboxRow? Inbox { get; }

    /// <summary>What it is about: the encounter, mostly.</summary>
    public Guid Key { get; }

    public bool IsRequest { get; }

    /// <summary>The trace that it is part of.</summary>
    public Activity? Trace { get; } = Activity.Current;

    public UnitOfWork Unit { get; }

    /// <summary>How often it was given up through no fault of its own.</summary>
    public int Attempt { get; private init; }

    /// <summary>Commits by itself: it was in a group that failed, or reads first.</summary>
    public bool Alone { get; set; }

    /// <summary>Nobody waits for it any more: it is not begun.</summary>
    public bool IsAbandoned { get; private set; }

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
    public Task<CommitOutcome> Outcome => _outcome.Task;

    public static GroupMember OfMessage(InboxRow? inbox, Guid key) => new(inbox, key, isRequest: false, new());

    public static GroupMember OfRequest(Guid key, UnitOfWork? decided = null) => new(inbox: null, key, isRequest: true, decided ?? new());

    /// <summary>Who keeps which organization's; null of sagas that are never handed over.</summary>
    public KnownKeepers? Keepers { get; private set; }

    /// <summary>It goes on to where its saga is, and is not dealt with here.</summary>
    public bool Follows { get; set; }

    public void Load(object? saga, bool isDuplicate, KnownKeepers? keepers)
    {
        (Saga, IsDuplicate, Keepers) = (saga, isDuplicate, keepers);
        _loaded.TrySetResult();
    }

    public void Handle(bool succeeded) => _handled.TrySetResult(succeeded);

    public void End(CommitOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Fail(Exception exception)
    {
        _loaded.TrySetException(exception);
        _outcome.TrySetException(exception);
    }

    /// <summary>Waits for what this gives, unless it is cancelled before; then nothing is begun of it any more.</summary>
    public async Task WaitAsync(Task result, CancellationToken cancellation)
    {
        try
        {
            await result.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            IsAbandoned = true;
            throw;
        }
    }

    /// <summary>Goes back to its queue.</summary>
    public void Release()
    {
        _loaded.TrySetCanceled();
        _outcome.TrySetCanceled();
    }

    /// <summary>The same for a handler that runs once more; after the first time a little later, because somebody else is in the way.</summary>
    public async Task<GroupMember> AgainAsync(CancellationToken cancellation)
    {
        if (Attempt > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10 << Math.Min(Attempt, 6)), cancellation);
        return Again(new());
    }

    /// <summary>The same with what was decided already.</summary>
    public GroupMember Again(UnitOfWork decided) => new(Inbox, Key, IsRequest, decided) { Attempt = Attempt + 1, Alone = Alone };
}
