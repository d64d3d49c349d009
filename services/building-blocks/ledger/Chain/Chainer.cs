using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.Ledger.Chain;

/// <summary>
/// Links what has been committed to the ledger into a hash chain, and signs what the chain has come to. One instance of a service at a time, by a lock
/// that ends with its transaction. Writers and readers of the ledger never wait for it.
/// </summary>
internal sealed partial class Chainer(NpgsqlDataSource database, LedgerSettings settings, LedgerNews news, TimeProvider time, ILogger<Chainer> logger)
    : BackgroundService
{
    internal const long LockKey = 0x5AFE_0004;
    private const int Most = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private const string StateSql = """
        select coalesce(k.position, 0), k.hash, coalesce(c.position, 0), c.at, exists (select from ledger_unlinked)
        from (select) one
        left join (select position, hash from ledger_links order by position desc limit 1) k on true
        left join (select position, at from ledger_checkpoints order by position desc limit 1) c on true
        """;

    // From the few that wait to the many that there are, by key: "offset 0", and no sequential scans, keep a plan that was made while the ledger was short
    // from reading all of it when it is long.
    private const string ByIndex = "set local enable_seqscan = off";

    private static readonly string Unlinked = $"""
        select {EntryColumns.Sql} from (select entry_id from ledger_unlinked order by entry_id limit {Most}) u
        cross join lateral (select * from ledger where entry_id = u.entry_id offset 0) l
        where not exists (select from ledger_links k where k.entry_id = u.entry_id offset 0)
        order by u.entry_id
        """;

    private readonly ChainHash _hash = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (!NeedsWork(await LookAsync(stoppingToken)))
                    await news.Committed.WaitAsync(Net, stoppingToken);
                else if (await LinkAsync(stoppingToken) == Most)
                    continue;
                // What is committed meanwhile is linked with it.
                await Task.Delay(Pause, stoppingToken);
                news.Committed.Forget();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name, e.Message);
                await Task.Delay(PauseAfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    /// <summary>Links the next entries, in one transaction, and signs when it is time: whoever holds the lock, and nobody else.</summary>
    /// <returns>How many; 0 as well when another instance is at it.</returns>
    internal async Task<int> LinkAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var load = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("begin"), new(ByIndex), new($"select pg_try_advisory_xact_lock({LockKey})"), new(StateSql), new(Unlinked) },
        };
        ChainState state;
        bool mine;
        var links = new List<Link>();
        await using (var reader = await load.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            mine = reader.GetBoolean(0);
            await reader.NextResultAsync(cancellation);
            await reader.ReadAsync(cancellation);
            state = Read(reader);
            await reader.NextResultAsync(cancellation);
            while (mine && await reader.ReadAsync(cancellation))
                links.Add(Next(state, links, EntryColumns.Read(reader, 0)));
        }
        await using var write = new NpgsqlBatch(connection);
        if (links.Count > 0)
        {
            write.BatchCommands.Add(ChainTables.Add(links));
            write.BatchCommands.Add(ChainTables.Forget(links));
        }
        var last = links.Count > 0 ? links[^1] : new() { Position = state.Position, Hash = state.Hash };
        var checkpoint = mine && IsDue(state with { Position = last.Position }) ? settings.Key!.Sign(settings.Service, last.Position, last.Hash, time.GetUtcNow()) : null;
        if (checkpoint is not null)
            write.BatchCommands.Add(ChainTables.Add(checkpoint));
        write.BatchCommands.Add(new("commit"));
        await write.ExecuteNonQueryAsync(cancellation);
        if (checkpoint is not null)
            Tell(checkpoint);
        if (links.Count > 0)
            news.Linked.Ring();
        return links.Count;
    }

    private Link Next(ChainState state, List<Link> links, LedgerEntry entry) => new()
    {
        Position = state.Position + links.Count + 1,
        EntryId = entry.EntryId,
        Hash = _hash.Of(links.Count > 0 ? links[^1].Hash : state.Hash, entry),
    };

    // Whoever keeps the logs elsewhere keeps the checkpoints elsewhere.
    private void Tell(Checkpoint checkpoint)
    {
        var hash = Convert.ToHexStringLower(checkpoint.Hash);
        LogCheckpoint(logger, settings.Service, checkpoint.Position, hash);
    }

    private async Task<ChainState> LookAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StateSql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return Read(reader);
    }

    private bool NeedsWork(ChainState state) => state.HasMore || IsDue(state);

    private bool IsDue(ChainState state) => settings.Key is not null && state.Position > state.Signed
        && (state.Position - state.Signed >= settings.CheckpointEvery || state.SignedAt is null || time.GetUtcNow() - state.SignedAt >= settings.CheckpointInterval);

    private static ChainState Read(NpgsqlDataReader row) => new(row.GetInt64(0), row.IsDBNull(1) ? ChainHash.Beginning : row.GetFieldValue<byte[]>(1),
        row.GetInt64(2), row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4));

    /// <param name="Position">Of the last link; 0 before the first.</param>
    /// <param name="Hash">Its hash.</param>
    /// <param name="Signed">Position of the last checkpoint.</param>
    /// <param name="SignedAt">When that was.</param>
    /// <param name="HasMore">Whether anything is to be linked.</param>
    private sealed record ChainState(long Position, byte[] Hash, long Signed, DateTimeOffset? SignedAt, bool HasMore);

    [LoggerMessage(Level = LogLevel.Information, Message = "Ledger of {Service}: checkpoint at position {Position}, hash {Hash}.")]
    private static partial void LogCheckpoint(ILogger logger, string service, long position, string hash);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger's entries could not be linked ({Error}: {Reason}); they wait.")]
    private static partial void LogFailed(ILogger logger, string error, string reason);
}
