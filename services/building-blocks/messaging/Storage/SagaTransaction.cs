using System.Collections;
using Npgsql;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Storage;

/// <summary>An open transaction that holds the row locks of some sagas. Disposing it without a commit rolls back.</summary>
internal sealed class SagaTransaction(
    UnitStore store, NpgsqlConnection connection, Table table, IReadOnlyDictionary<Guid, object> sagas, KnownKeepers? keepers, IReadOnlySet<(Guid MessageId, string Consumer)> seen,
    TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<object, object?[]> _before = sagas.Values.ToDictionary(saga => saga, table.Values, ReferenceEqualityComparer.Instance);
    private readonly Dictionary<object, string> _states =
        sagas.Values.OfType<ITimedSaga>().ToDictionary(saga => (object)saga, saga => saga.CurrentState, ReferenceEqualityComparer.Instance);
    private bool _open = true;

    /// <summary>The saga, or null when there is none with that id.</summary>
    public object? Saga(Guid id) => sagas.GetValueOrDefault(id);

    /// <summary>Who keeps which organization's; null of sagas that are never handed over.</summary>
    public KnownKeepers? Keepers => keepers;

    /// <summary>The queue's handler has dealt with the message before.</summary>
    public bool HasSeen(InboxRow inbox) => seen.Contains((inbox.MessageId, inbox.Consumer));

    public async Task CommitAsync(IReadOnlyList<UnitOfWork> units, CancellationToken cancellation)
    {
        foreach (var unit in units)
            unit.LeaveOut(IsUnchanged);
        var left = units.SelectMany(u => u.Writes).Select(w => w.Row).OfType<ITimedSaga>().Select(EnterState).ToList();
        await store.ExecuteAsync(connection, units, "commit", cancellation);
        _open = false;
        foreach (var (saga, state, after) in left)
            Instruments.LeftState(saga, state, after);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open)
            await RollbackAsync();
        await connection.DisposeAsync();
    }

    // Many events find a saga that they do not change: it is not written for them.
    private bool IsUnchanged(object saga) =>
        _before.TryGetValue(saga, out var before) && StructuralComparisons.StructuralEqualityComparer.Equals(before, table.Values(saga));

    /// <returns>The state that the saga leaves, and after how long; no state when it stays in it, is new, or does not count.</returns>
    private (Type Saga, string? State, TimeSpan After) EnterState(ITimedSaga saga)
    {
        var before = _states.GetValueOrDefault(saga);
        if (before == saga.CurrentState)
            return (saga.GetType(), null, default);
        var (now, since) = (time.GetUtcNow(), saga.StateSince);
        saga.StateSince = now;
        return (saga.GetType(), saga.CountsInFigures ? before : null, now - since);
    }

    private async Task RollbackAsync()
    {
        try
        {
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
        {
            // The connection is broken, and with it the transaction is over.
        }
    }
}
