using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Storage;

/// <summary>An open transaction that holds the row locks of some sagas. Disposing it without a commit rolls back.</summary>
internal sealed class SagaTransaction(
    Store store, NpgsqlConnection connection, IReadOnlyDictionary<Guid, object> sagas, IReadOnlySet<(Guid MessageId, string Consumer)> seen) : IAsyncDisposable
{
    private bool _open = true;

    /// <summary>The saga, or null when there is none with that id.</summary>
    public object? Saga(Guid id) => sagas.GetValueOrDefault(id);

    /// <summary>The queue's handler has dealt with the message before.</summary>
    public bool HasSeen(InboxRow inbox) => seen.Contains((inbox.MessageId, inbox.Consumer));

    public async Task CommitAsync(IReadOnlyList<UnitOfWork> units, CancellationToken cancellation)
    {
        await store.ExecuteAsync(connection, units, "commit", cancellation);
        _open = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_open)
            await RollbackAsync();
        await connection.DisposeAsync();
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
