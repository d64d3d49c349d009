using System.Collections;
using MassTransit;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>There is no such saga for this caller.</summary>
    NotFound,
    /// <summary>It was let go of, and another keeps it (<see cref="Keeping.IKept"/>); nothing changed.</summary>
    Elsewhere,
    /// <summary>The saga's state does not allow it; nothing changed.</summary>
    NotAllowed,
    /// <summary>Done.</summary>
    Done,
    /// <summary>Done before: the state takes the command, and nothing follows from it any more. It is not on the ledger again.</summary>
    DoneBefore,
}

/// <summary>The outcome of a command and the saga as it is afterwards (null when not found).</summary>
public readonly record struct CommandResult<TSaga>(CommandOutcome Outcome, TSaga? Saga);

/// <summary>
/// Lets a request act on a saga: the state machine runs in the request, under the saga's row lock, and its state, messages and timers commit
/// before the answer, so that the caller learns what is true and not what has been queued. It shares its transaction with whatever messages and
/// other requests have come to the saga's queue at the same time.
/// </summary>
public sealed class SagaCommands<TMachine, TSaga>
    where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga>
    where TSaga : class, ITimedSaga
{
    private readonly GroupCommit _group;
    private readonly TMachine _machine;
    private readonly string _queue;

    internal SagaCommands(GroupCommits groups, TMachine machine, string queue) => (_group, _machine, _queue) = (groups.Of(queue), machine, queue);

    /// <summary>Raises an event on the saga <paramref name="id"/>.</summary>
    /// <param name="id">The saga.</param>
    /// <param name="event">Picks the event.</param>
    /// <param name="message">Its message.</param>
    /// <param name="mayAct">False hides the saga from the caller.</param>
    /// <param name="onLedger">What the ledger says of it, in the same transaction, of the saga as it is afterwards; not asked when nothing happened.</param>
    /// <param name="cancellation">Stops waiting: what has been decided by then may still commit.</param>
    public async Task<CommandResult<TSaga>> RaiseAsync<T>(Guid id, Func<TMachine, Event<T>> @event, T message, Func<TSaga, bool> mayAct,
        Func<TSaga, LedgerEntry> onLedger, CancellationToken cancellation) where T : class
    {
        for (var request = GroupMember.OfRequest(id); ; request = await request.AgainAsync(cancellation))
            if (await AttemptAsync(request, id, @event(_machine), message, mayAct, onLedger, cancellation) is { } result)
                return result;
    }

    /// <returns>Null when nothing was written through no fault of the command: it is to be tried again.</returns>
    private async Task<CommandResult<TSaga>?> AttemptAsync<T>(GroupMember request, Guid id, Event<T> @event, T message, Func<TSaga, bool> mayAct,
        Func<TSaga, LedgerEntry> onLedger, CancellationToken cancellation) where T : class
    {
        try
        {
            await _group.LoadAsync(request, typeof(TSaga), id, cancellation);
            if (request.Saga is not TSaga saga || !mayAct(saga))
                return new(CommandOutcome.NotFound, null);
            if (saga is IKept { Keeper: not null })
                return new(CommandOutcome.Elsewhere, saga);
            var before = _group.ValuesOf(saga);
            if (!await SagaStep.RaiseAsync(_machine, saga, @event, message, request.Unit, _queue, cancellation: cancellation))
                return new(CommandOutcome.NotAllowed, saga);
            if (request.Unit.IsEmpty && StructuralComparisons.StructuralEqualityComparer.Equals(before, _group.ValuesOf(saga)))
                return new(CommandOutcome.DoneBefore, saga);
            request.Unit.Replace(saga);
            request.Unit.Add(onLedger(saga));
            return await _group.CommitAsync(request, cancellation) == CommitOutcome.Committed ? new(CommandOutcome.Done, saga) : null;
        }
        finally
        {
            // What has not been handled by now is left out, and holds up nobody.
            request.Handle(succeeded: false);
        }
    }
}
