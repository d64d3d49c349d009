using System.Diagnostics;
using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Handling;

/// <summary>
/// What a handler or a request decided: rows, messages and timers, kept in memory until they commit together in one database transaction.
/// Nothing here does I/O. A unit that is not committed leaves no trace.
/// </summary>
public sealed class UnitOfWork
{
    private readonly List<RowWrite> _writes = [];
    private readonly List<Guid> _cancelled = [];
    private List<Action>? _afterCommit;

    /// <summary>
    /// What is to be written; messages and timers are rows of the outbox and of the timers. Written kind by kind, each kind when its first row was
    /// decided, so that what others refer to is added first. One unit changes a row once.
    /// </summary>
    internal IReadOnlyList<RowWrite> Writes => _writes;

    internal IReadOnlyList<Guid> CancelledTimers => _cancelled;

    /// <summary>Nothing was decided.</summary>
    internal bool IsEmpty => _writes.Count == 0 && _cancelled.Count == 0;

    /// <summary>Committing it again would change nothing.</summary>
    internal bool IsOnceByItself => _cancelled.Count == 0 && _writes.TrueForAll(w => w.Change == RowChange.InsertOnce);

    /// <summary>The messages decided so far, with their destinations; for tests and for looking at what a handler did.</summary>
    public IEnumerable<object> Messages => _writes.Select(w => w.Row).OfType<OutboxRow>().Select(r => r.Message).OfType<object>();

    /// <summary>The timers started so far and not cancelled again.</summary>
    public IEnumerable<(object Message, TimeSpan Delay)> Timers => _writes.Select(w => w.Row).OfType<TimerRow>().Select(r => (r.Message!, r.Delay));

    /// <summary>Inserts a row; a row with the same key fails the commit.</summary>
    public void Add<TRow>(TRow row) where TRow : class => _writes.Add(new(RowChange.Insert, row));

    /// <summary>Inserts a row unless one with the same key is there.</summary>
    public void AddOnce<TRow>(TRow row) where TRow : class => _writes.Add(new(RowChange.InsertOnce, row));

    /// <summary>Inserts a row or replaces the one with the same key.</summary>
    public void Put<TRow>(TRow row) where TRow : class => _writes.Add(new(RowChange.Put, row));

    /// <summary>Deletes the row with this row's key; nothing happens when there is none.</summary>
    public void Remove<TRow>(TRow row) where TRow : class => _writes.Add(new(RowChange.Delete, row));

    /// <summary>
    /// Publishes a message to everybody that <see cref="Subscriptions"/> lists for its type.
    /// One that is <see cref="IAddressed"/> goes to its addressee among them.
    /// Messages about the same encounter reach the broker in the order in which their transactions committed.
    /// </summary>
    /// <param name="message">A contract with a <see cref="WireNameAttribute"/>.</param>
    /// <param name="messageId">Its id, by which receivers recognize a duplicate; a new one when null.</param>
    public void Publish<T>(T message, Guid? messageId = null) where T : class =>
        _writes.Add(new(RowChange.Insert, Outgoing(Destination.ToSubscribers<T>(), message, messageId, (message as IAddressed)?.Key)));

    /// <summary>Sends a message to one queue, for a service's own commands.</summary>
    public void Send<T>(string queue, T message, Guid? messageId = null) where T : class =>
        _writes.Add(new(RowChange.Insert, Outgoing(Destination.ToQueue(queue), message, messageId)));

    /// <summary>
    /// Starts a durable timer: <paramref name="message"/> is sent to <paramref name="queue"/> once <paramref name="delay"/> has passed by the
    /// database's clock, whatever crashes in between, unless it is cancelled before.
    /// </summary>
    /// <returns>The token that cancels it; also the id of the message when it is sent.</returns>
    public Guid StartTimer<T>(string queue, TimeSpan delay, T message, Guid? token = null) where T : class
    {
        var timer = new TimerRow
        {
            Token = token ?? Guid.CreateVersion7(),
            Delay = delay,
            Destination = Destination.ToQueue(queue).Text,
            Type = WireNameAttribute.Of(typeof(T)),
            OrderingKey = OrderingKey.Of(message) ?? Guid.CreateVersion7(),
            Body = WireFormat.Serialize(message),
            TraceParent = Activity.Current?.Id,
            Message = message,
        };
        _writes.Add(new(RowChange.Insert, timer));
        return timer.Token;
    }

    /// <summary>Cancels a timer in this transaction: after the commit it never fires (unless it was already on its way; receivers compare tokens).</summary>
    public void CancelTimer(Guid token)
    {
        if (_writes.RemoveAll(w => w.Row is TimerRow timer && timer.Token == token) == 0)
            _cancelled.Add(token);
    }

    /// <summary>Runs after a successful commit, in this process only: for waking workers, never for anything that must happen.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>What is read first; null when nothing is.</summary>
    internal Func<NpgsqlConnection, Task>? Reading { get; private set; }

    /// <summary>
    /// Reads in the transaction that then commits what was decided, and may decide more. For what happens seldom and cannot be found by an id: such a unit commits by itself, and holds up
    /// its queue meanwhile.
    /// </summary>
    public void Read(Func<NpgsqlConnection, Task> reading) => Reading = reading;

    /// <summary>Sends a message that has come to the wrong place once more, as it came.</summary>
    internal void Follow(OutboxRow message) => _writes.Add(new(RowChange.InsertOnce, message));

    /// <summary>Starts a timer that was started elsewhere.</summary>
    internal void StartTimer(TimerRow timer) => _writes.Add(new(RowChange.Insert, timer));

    /// <summary>First of all, so that a message that was dealt with before is recognized before any of its rows is met again.</summary>
    internal void Receive(InboxRow inbox) => _writes.Insert(0, new(RowChange.Insert, inbox));

    internal void Replace<TRow>(TRow row) where TRow : class => _writes.Add(new(RowChange.Update, row));

    /// <summary>Does not write what has not changed.</summary>
    internal void LeaveOut(Predicate<object> unchanged) => _writes.RemoveAll(w => w.Change == RowChange.Update && unchanged(w.Row));

    internal void Committed() => _afterCommit?.ForEach(action => action());

    private static OutboxRow Outgoing<T>(Destination destination, T message, Guid? messageId, string? routingKey = null) where T : class => new()
    {
        MessageId = messageId ?? Guid.CreateVersion7(),
        OrderingKey = OrderingKey.Of(message) ?? Guid.CreateVersion7(),
        Destination = destination.Text,
        RoutingKey = routingKey,
        Type = WireNameAttribute.Of(typeof(T)),
        Body = WireFormat.Serialize(message),
        TraceParent = Activity.Current?.Id,
        Message = message,
    };
}
