using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Storage;

/// <summary>An open transaction that holds the row lock of one saga. Disposing it without a commit rolls back.</summary>
internal sealed class SagaTransaction(Store store, NpgsqlConnection connection, object? saga, bool isDuplicate) : IAsyncDisposable
{
    private bool _open = true;

    /// <summary>The saga, or null when there is none with that id.</summary>
    public object? Saga { get; } = saga;

    /// <summary>The queue's handler has dealt with the message before.</summary>
    public bool IsDuplicate { get; } = isDuplicate;

    public async Task CommitAsync(UnitOfWork unit, CancellationToken cancellation)
    {
        await store.ExecuteAsync(connection, [unit], "commit", cancellation);
        _open = false;
        unit.Committed();
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
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken, and with it the transaction is over.
        }
    }
}
