using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Ledger.Storage;
using SafeHarbor.Ledger.Witnesses;

namespace SafeHarbor.Ledger.Chain;

/// <summary>
/// Links what has been committed to the ledger into a hash chain, signs what the chain has come to, and tells witnesses. One instance of a service at a time, by a lock
/// that ends with its transaction: so what is told of a chain never goes back. Writers and readers of the ledger never wait for it.
/// </summary>
internal sealed partial class Chainer(NpgsqlDataSource database, LedgerSettings settings, LedgerNews news, TimeProvider time, ILogger<Chainer> logger, CheckpointAnnouncement? announcement = null)
    : BackgroundService
{
    internal const long LockKey = 0x5AFE_0004;
    private const int Most = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Net = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

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
    private DateTimeOffset _toldAt;
    private DateTimeOffset _loggedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                var state = await LookAsync(stoppingToken);
                if (!NeedsWork(state))
                    await news.Committed.WaitAsync(UntilDue(state), stoppingToken);
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
            BatchCommands = { new("begin"), new(ByIndex), new($"select pg_try_advisory_xact_lock({LockKey})"), new(StateSql), new(Unlinked), new(HeardLedger.Select) },
        };
        ChainState state;
        bool mine;
        var links = new List<Link>();
        IReadOnlyList<HeardLedger> heard;
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
            await reader.NextResultAsync(cancellation);
            heard = await HeardLedger.ReadAsync(reader, cancellation);
        }
        await using var write = new NpgsqlBatch(connection);
        if (links.Count > 0)
        {
            write.BatchCommands.Add(ChainTables.Add(links));
            write.BatchCommands.Add(ChainTables.Forget(links));
        }
        var last = links.Count > 0 ? links[^1] : new() { Position = state.Position, Hash = state.Hash };
        var isNew = mine && IsDue(state with { Position = last.Position });
        var told = isNew || mine && IsToBeRepeated ? settings.Key!.Sign(settings.Ledger, last.Position, last.Hash, time.GetUtcNow()) : null;
        if (told is not null && isNew)
            write.BatchCommands.Add(ChainTables.Add(told));
        if (told is not null && announcement is not null)
            write.BatchCommands.Add(announcement.InTransaction(told, heard));
        write.BatchCommands.Add(new("commit"));
        await write.ExecuteNonQueryAsync(cancellation);
        if (told is not null)
            await TellAsync(told, cancellation);
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

    private async Task TellAsync(SignedCheckpoint checkpoint, CancellationToken cancellation)
    {
        _toldAt = checkpoint.At;
        news.Announced(checkpoint);
        if (announcement is not null)
            await announcement.AfterCommit(cancellation);
        if (checkpoint.At - _loggedAt < BetweenLines)
            return;
        // Whoever keeps the logs elsewhere keeps checkpoints elsewhere.
        _loggedAt = checkpoint.At;
        LogCheckpoint(logger, checkpoint.Ledger, checkpoint.Position, checkpoint.Hash);
    }

    private async Task<ChainState> LookAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(StateSql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return Read(reader);
    }

    private bool NeedsWork(ChainState state) => state.HasMore || IsDue(state) || IsToBeRepeated;

    private bool IsToBeRepeated => settings.Key is not null && time.GetUtcNow() - _toldAt >= settings.RepeatInterval;

    // What was linked before it was time to sign again is signed as soon as it is.
    private TimeSpan UntilDue(ChainState state)
    {
        if (settings.Key is null || state.Position <= state.Signed || state.SignedAt is not { } signed)
            return Net;
        var due = signed + settings.CheckpointInterval - time.GetUtcNow();
        return due > Net ? Net : due > Pause ? due : Pause;
    }

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
