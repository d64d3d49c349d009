using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Handling;

/// <summary>
/// Commits the work of a queue, of messages and of requests alike. Whatever has arrived while the last group was being committed shares the next
/// transaction, in the order of arrival; what arrives alone does not wait for company. When a group fails, its members go one by one, so that the one
/// at fault is found and the others are not charged an attempt. While the database is away messages are held here, and so nothing more is taken from
/// the queue; requests fail, and their senders decide.
/// </summary>
internal sealed partial class GroupCommit
{
    private const int Largest = 64;
    private const int Busy = 2;
    private const int Races = 10;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly Channel<GroupMember> _arrived = Channel.CreateUnbounded<GroupMember>(new UnboundedChannelOptions { SingleReader = true });
    private readonly UnitStore _store;
    private readonly string _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile bool _released;
    private long _awaySince;

    public GroupCommit(UnitStore store, string queue, TimeProvider time, ILogger logger)
    {
        (_store, _queue, _time, _logger) = (store, queue, time, logger);
        _ = Task.Run(RunAsync);
    }

    /// <summary>How long no group could commit because the database does not let it; zero when all is well.</summary>
    public TimeSpan Away => Interlocked.Read(ref _awaySince) is var since and not 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>What would be written of a saga, to be held against what would be written later.</summary>
    public object?[] ValuesOf(object saga) => _store.ValuesOf(saga);

    /// <summary>Waits until the member's saga is loaded. The handler then has to be quick: it holds up its group.</summary>
    public async Task LoadAsync(GroupMember member, Type saga, Guid id, CancellationToken cancellation)
    {
        member.Wants = (saga, id);
        Enqueue(member);
        await member.WaitAsync(member.Loaded, cancellation);
    }

    /// <summary>Waits until it is decided what becomes of a handled member.</summary>
    public async Task<CommitOutcome> CommitAsync(GroupMember member, CancellationToken cancellation)
    {
        if (member.IsDuplicate)
            return CommitOutcome.Duplicate;
        if (member.Inbox is { } inbox && !member.Follows)
            member.Unit.Receive(inbox);
        member.Alone |= member.Unit.Reading is not null;
        member.Handle(succeeded: true);
        if (member.Wants is null)
            Enqueue(member);
        await member.WaitAsync(member.Outcome, cancellation);
        return await member.Outcome;
    }

    /// <summary>Gives everything that is held, and everything that still comes, back to the queue, until <see cref="Resume"/>.</summary>
    public void Release() => _released = true;

    public void Resume()
    {
        _released = false;
        Interlocked.Exchange(ref _awaySince, 0);
    }

    private void Enqueue(GroupMember member)
    {
        if (_released && !member.IsRequest)
            member.Release();
        else
            _arrived.Writer.TryWrite(member);
    }

    private async Task RunAsync()
    {
        var last = 0;
        var pause = TimeSpan.Zero;
        while (await _arrived.Reader.WaitToReadAsync())
        {
            if (last > Busy)
                await Task.Delay(Linger);
            var group = Take();
            last = group.Count;
            if (last == 0)
                continue;
            // What is done for one is part of its trace; what is done for many is nobody's.
            Activity.Current = last == 1 ? group[0].Trace : null;
            Instruments.GroupSize.Record(last, Instruments.System, Instruments.Queue(_queue));
            try
            {
                if (group[0].Wants is null)
                    await WriteAsync(group);
                else
                    await LoadAndWriteAsync(group);
                pause = TimeSpan.Zero;
                Interlocked.Exchange(ref _awaySince, 0);
            }
            catch (Exception e)
            {
                if (await GiveBackAsync(group, e))
                    continue;
                if (group.Exists(d => !d.IsRequest))
                    Interlocked.CompareExchange(ref _awaySince, _time.GetTimestamp(), 0);
                pause = pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(50) : pause * 2 < LongestPause ? pause * 2 : LongestPause;
                LogAway(_logger, _queue, e.GetType().Name, e.Message, pause);
                await Task.Delay(pause);
            }
        }
    }

    /// <summary>The next group: in order, no saga twice, and what goes alone alone.</summary>
    private List<GroupMember> Take()
    {
        var group = new List<GroupMember>();
        var sagas = new HashSet<Guid>();
        while (group.Count < Largest && _arrived.Reader.TryPeek(out var next)
            && (next.IsAbandoned || (group.Count == 0 || !next.Alone && !group[0].Alone) && (next.Wants is not { } saga || sagas.Add(saga.Id))))
        {
            _arrived.Reader.TryRead(out _);
            if (!next.IsAbandoned)
                group.Add(next);
        }
        return group;
    }

    private async Task WriteAsync(List<GroupMember> group)
    {
        await using var connection = await _store.Database.OpenConnectionAsync();
        if (group[0].Unit.Reading is { } read)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await read(connection);
            await _store.ExecuteAsync(connection, Units(group), end: null, CancellationToken.None);
            await transaction.CommitAsync();
            await _store.TellRelaysAsync(CancellationToken.None);
        }
        else
        {
            await _store.ExecuteAsync(connection, Units(group), end: null, CancellationToken.None);
        }
        End(group, CommitOutcome.Committed);
    }

    private async Task LoadAndWriteAsync(List<GroupMember> group)
    {
        await using var transaction = await _store.BeginAsync(
            group[0].Wants!.Value.Type, [.. group.Select(d => d.Wants!.Value.Id)], [.. group.Select(d => d.Inbox).OfType<InboxRow>()], CancellationToken.None);
        // Handlers run here, one after the other, up to their wait for the commit.
        foreach (var member in group)
            member.Load(transaction.Saga(member.Wants!.Value.Id), member.Inbox is { } inbox && transaction.HasSeen(inbox), transaction.Keepers);
        var handled = new List<GroupMember>(group.Count);
        foreach (var member in group)
            if (!member.IsDuplicate && await member.Handled)
                handled.Add(member);
        if (handled.Count > 0)
            await transaction.CommitAsync(Units(handled), CancellationToken.None);
        End(handled, CommitOutcome.Committed);
    }

    /// <summary>By key, so that two groups that meet the same locks meet them in the same order; what is about one key stays in order.</summary>
    private static List<UnitOfWork> Units(IEnumerable<GroupMember> group) => [.. group.OrderBy(d => d.Key).Select(d => d.Unit)];

    private void End(List<GroupMember> group, CommitOutcome outcome) => Task.Run(() =>
    {
        foreach (var member in group)
        {
            member.End(outcome);
            if (outcome == CommitOutcome.Committed)
                AfterCommit(member.Unit);
        }
    });

    private void AfterCommit(UnitOfWork unit)
    {
        try
        {
            unit.Committed();
        }
#pragma warning disable CA1031 // What a handler wakes after its commit may fail without holding up the rest of its group.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogAfterCommit(_logger, _queue, e.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: what a handler wanted to wake after its commit failed ({Error}); its effects are in the database.")]
    private static partial void LogAfterCommit(ILogger logger, string queue, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: the database does not take what was decided ({Error}: {Reason}); everything is held, next attempt in {Pause}.")]
    private static partial void LogAway(ILogger logger, string queue, string error, string reason, TimeSpan pause);
}
