using System.Collections;
using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Storage;

/// <summary>An open transaction that holds the row locks of some sagas. Disposing it without a commit rolls back.</summary>
internal sealed class SagaTransaction(
    Store store, NpgsqlConnection connection, Table table, IReadOnlyDictionary<Guid, object> sagas, IReadOnlySet<(Guid MessageId, string Consumer)> seen) : IAsyncDisposable
{
    private readonly Dictionary<object, object?[]> _before = sagas.Values.ToDictionary(saga => saga, table.Values, ReferenceEqualityComparer.Instance);
    private bool _open = true;

    /// <summary>The saga, or null when there is none with that id.</summary>
    public object? Saga(Guid id) => sagas.GetValueOrDefault(id);

    /// <summary>The queue's handler has dealt with the message before.</summary>
    public bool HasSeen(InboxRow inbox) => seen.Contains((inbox.MessageId, inbox.Consumer));

    public async Task CommitAsync(IReadOnlyList<UnitOfWork> units, CancellationToken cancellation)
    {
        foreach (var unit in units)
            unit.LeaveOut(IsUnchanged);
        await store.ExecuteAsync(connection, units, "commit", cancellation);
        _open = false;
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
