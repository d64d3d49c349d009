using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Storage;

/// <summary>Commits units of work to the service's database. Everything in a unit commits in one transaction and, mostly, in one round trip.</summary>
public sealed class Store
{
    /// <summary>Channel on which a commit wakes the relays of every instance of the service.</summary>
    internal const string RelayChannel = "safeharbor_relay";

    // Built when the first unit commits: an idle service does without.
    private readonly Lazy<IModel> _model;

    internal Store(NpgsqlDataSource database, Func<IModel> model) => (Database, _model) = (database, new(model));

    /// <summary>The service's database.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>Commits a request's unit of work.</summary>
    /// <returns>Null, or the name of the unique constraint that another transaction was first at; then nothing was written.</returns>
    public async Task<string?> CommitAsync(UnitOfWork unit, CancellationToken cancellation)
    {
        await using var connection = await Database.OpenConnectionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, [unit], end: null, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return e.ConstraintName ?? "unique";
        }
        unit.Committed();
        return null;
    }

    /// <summary>Begins a transaction that loads and locks one saga; see <see cref="SagaTransaction"/>.</summary>
    internal async Task<SagaTransaction> BeginAsync<TSaga>(Guid id, InboxRow? inbox, CancellationToken cancellation) where TSaga : class
    {
        var connection = await Database.OpenConnectionAsync(cancellation);
        try
        {
            var table = Table.Of(_model.Value, typeof(TSaga));
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new("begin"));
            if (inbox is not null)
            {
                var insert = Table.Of(_model.Value, typeof(InboxRow)).Statement(RowChange.InsertOnce, [inbox]);
                insert.CommandText += " returning true";
                batch.BatchCommands.Add(insert);
            }
            batch.BatchCommands.Add(new(table.SelectForUpdate) { Parameters = { new() { Value = id } } });
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var seenBefore = false;
            if (inbox is not null)
            {
                seenBefore = !await reader.ReadAsync(cancellation);
                await reader.NextResultAsync(cancellation);
            }
            var saga = await reader.ReadAsync(cancellation) ? table.Read<TSaga>(reader) : null;
            return new SagaTransaction(this, connection, saga, seenBefore);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes everything in <paramref name="units"/> in one round trip; <paramref name="end"/> is the statement that ends an open transaction.</summary>
    internal async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<UnitOfWork> units, string? end, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var group in units.SelectMany(u => u.Writes).GroupBy(w => (Type: w.Row.GetType(), w.Change)))
        {
            var rows = group.Select(w => w.Row).ToList();
            batch.BatchCommands.Add(group.Key.Type == typeof(TimerRow)
                ? Timers.Start(rows.Cast<TimerRow>().ToList())
                : Table.Of(_model.Value, group.Key.Type).Statement(group.Key.Change, rows));
        }
        var cancelled = units.SelectMany(u => u.CancelledTimers).ToArray();
        if (cancelled.Length > 0)
            batch.BatchCommands.Add(Timers.Cancel(cancelled));
        if (units.Any(u => u.Writes.Any(w => w.Row is OutboxRow or TimerRow)))
            batch.BatchCommands.Add(new($"select pg_notify('{RelayChannel}', '')"));
        if (end is not null)
            batch.BatchCommands.Add(new(end));
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }
}
