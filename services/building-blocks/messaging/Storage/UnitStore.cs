using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Relaying;

namespace SafeHarbor.Messaging.Storage;

/// <summary>Commits units of work to the service's database. Everything in a unit commits in one transaction and, mostly, in one round trip.</summary>
public sealed class UnitStore : IAsyncDisposable
{
    /// <summary>Channel on which a commit wakes the relays of every instance of the service.</summary>
    internal const string RelayChannel = "safeharbor_relay";

    private const string NotifyRelays = $"select pg_notify('{RelayChannel}', '')";

    // Built when the first unit commits: an idle service does without.
    private readonly Lazy<IModel> _model;
    private readonly RelayState _relay;
    private readonly LedgerNews _ledger;
    private readonly TimeProvider _time;

    private readonly GroupCommit _requests;

    internal UnitStore(NpgsqlDataSource database, Func<IModel> model, RelayState relay, LedgerNews ledger, TimeProvider time, ILogger<GroupCommit> logger, bool isNode = false)
    {
        IsNode = isNode;
        (Database, _model, _relay, _ledger, _time) = (database, new(model), relay, ledger, time);
        _requests = new(this, "requests", time, logger);
    }

    /// <summary>
    /// The service's database for its own work, which sees every organization's rows, by statements that find them by an index; the store's own pool.
    /// What a request reads goes through <see cref="ReadAsync"/>.
    /// </summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>It is a node's.</summary>
    internal bool IsNode { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    /// <summary>Commits a request's unit of work, in one transaction with those of other requests that come at the same time.</summary>
    /// <returns>Null, or the name of the unique constraint that another transaction was first at; then nothing was written.</returns>
    public async Task<string?> CommitAsync(UnitOfWork unit, CancellationToken cancellation)
    {
        var about = unit.Writes.Select(w => w.Row).OfType<OutboxRow>().FirstOrDefault()?.OrderingKey ?? Guid.CreateVersion7();
        try
        {
            var request = GroupMember.OfRequest(about, unit);
            while (await _requests.CommitAsync(request, cancellation) == CommitOutcome.Again)
                request = request.Again(unit);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return e.ConstraintName ?? "unique";
        }
        return null;
    }

    /// <summary>
    /// Commits a unit of work with what a request's open transaction of EF Core has changed, as its last step: for an update that holds only when nobody else was first at it.
    /// </summary>
    internal async Task CommitWithAsync(UnitOfWork unit, DbContext db, CancellationToken cancellation)
    {
        await ExecuteAsync((NpgsqlConnection)db.Database.GetDbConnection(), [unit], end: null, cancellation, Reader.Service.Announce());
        await db.Database.CommitTransactionAsync(cancellation);
        unit.Committed();
        if (unit.Messages.Any())
            await TellRelaysAsync(cancellation);
    }

    /// <summary>
    /// Runs statements for a reader, in one round trip and one transaction, and returns their results, from the first on: row-level security shows them
    /// that reader's rows.
    /// </summary>
    public async Task<NpgsqlDataReader> ReadAsync(Reader reader, CancellationToken cancellation, params IEnumerable<NpgsqlBatchCommand> statements)
    {
        var batch = Database.CreateBatch();
        if (reader != Reader.Service)
            batch.BatchCommands.Add(reader.Announce());
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement);
        var results = await batch.ExecuteReaderAsync(cancellation);
        try
        {
            if (reader != Reader.Service)
                await results.NextResultAsync(cancellation);
            return results;
        }
        catch
        {
            await results.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the row with this single-column key; null when there is none for the reader.</summary>
    public async Task<TRow?> FindAsync<TRow>(Reader reader, Guid key, CancellationToken cancellation) where TRow : class
    {
        var table = Table.Of(_model.Value, typeof(TRow));
        await using var rows = await ReadAsync(reader, cancellation, new NpgsqlBatchCommand(table.Select) { Parameters = { new() { Value = new[] { key } } } });
        return await rows.ReadAsync(cancellation) ? (TRow)table.Read(rows).Row : null;
    }

    internal Table TableOf<TRow>() => Table.Of(_model.Value, typeof(TRow));

    /// <summary>What would be written of a row, to be held against what would be written later.</summary>
    internal object?[] ValuesOf(object row) => Table.Of(_model.Value, row.GetType()).Values(row);

    /// <summary>Begins a transaction that loads and locks sagas and looks which messages have been dealt with; see <see cref="SagaTransaction"/>.</summary>
    internal async Task<SagaTransaction> BeginAsync(Type saga, Guid[] ids, IReadOnlyList<InboxRow> inbox, CancellationToken cancellation)
    {
        var connection = await Database.OpenConnectionAsync(cancellation);
        try
        {
            var table = Table.Of(_model.Value, saga);
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands = { new("begin"), new(table.SelectForUpdate) { Parameters = { new() { Value = ids } } } },
            };
            var isKept = saga.IsAssignableTo(typeof(IKept));
            if (isKept)
                batch.BatchCommands.Add(KnownKeepers.Select);
            // After the locks: whoever held one before has committed its inbox row by now.
            if (inbox.Count > 0)
                batch.BatchCommands.Add(Inbox.Seen(inbox));
            await using var reader = await batch.ExecuteReaderAsync(cancellation);
            var sagas = new Dictionary<Guid, object>(ids.Length);
            while (await reader.ReadAsync(cancellation))
            {
                var (id, row) = table.Read(reader);
                sagas.Add(id, row);
            }
            await reader.NextResultAsync(cancellation);
            var keepers = isKept ? await KnownKeepers.ReadAsync(reader, IsNode, cancellation) : null;
            return new SagaTransaction(this, connection, table, sagas, keepers, await Inbox.ReadAsync(reader, cancellation), _time);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Which of these messages have been dealt with.</summary>
    internal async Task<IReadOnlySet<(Guid MessageId, string Consumer)>> SeenAsync(IReadOnlyList<InboxRow> inbox, CancellationToken cancellation)
    {
        await using var batch = Database.CreateBatch();
        batch.BatchCommands.Add(Inbox.Seen(inbox));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await Inbox.ReadAsync(reader, cancellation);
    }

    /// <summary>Writes everything in <paramref name="units"/> in one round trip; <paramref name="end"/> is the statement that ends an open transaction, <paramref name="also"/> one more.</summary>
    internal async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyList<UnitOfWork> units, string? end, CancellationToken cancellation,
        NpgsqlBatchCommand? also = null)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (also is not null)
            batch.BatchCommands.Add(also);
        foreach (var group in units.SelectMany(u => u.Writes).GroupBy(w => (Type: w.Row.GetType(), w.Change)))
        {
            var rows = group.Select(w => w.Row).ToList();
            batch.BatchCommands.Add(group.Key.Type == typeof(TimerRow) ? Timers.Start(rows.Cast<TimerRow>().ToList())
                : group.Key == (typeof(OutboxRow), RowChange.InsertOnce) ? OutboxReader.AddAsSent(rows.Cast<OutboxRow>().ToList())
                : Table.Of(_model.Value, group.Key.Type).Statement(group.Key.Change, rows));
        }
        var cancelled = units.SelectMany(u => u.CancelledTimers).ToArray();
        if (cancelled.Length > 0)
            batch.BatchCommands.Add(Timers.Cancel(cancelled));
        var sends = units.Any(u => u.Writes.Any(w => w.Row is OutboxRow));
        // A notification serializes the commits of the whole server: it is sent only when another process relays some of the messages.
        if (sends && !_relay.HasAllLanes)
            batch.BatchCommands.Add(new(NotifyRelays));
        if (end is not null)
            batch.BatchCommands.Add(new(end));
        if (batch.BatchCommands.Count == 0)
            return;
        await batch.ExecuteNonQueryAsync(cancellation);
        _ledger.Committed.Ring();
        if (sends)
            _relay.Outbox.Ring();
        if (units.Any(u => u.Timers.Any(t => t.Delay < TimeSpan.FromSeconds(1))))
            _relay.Timers.Ring();
    }

    /// <summary>Wakes whoever relays what has just been added to the outbox.</summary>
    internal async Task TellRelaysAsync(CancellationToken cancellation)
    {
        _relay.Outbox.Ring();
        if (_relay.HasAllLanes)
            return;
        await using var notify = Database.CreateCommand(NotifyRelays);
        await notify.ExecuteNonQueryAsync(cancellation);
    }
}
