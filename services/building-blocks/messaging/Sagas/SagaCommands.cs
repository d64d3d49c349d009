using MassTransit;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>What became of a command.</summary>
public enum CommandOutcome
{
    /// <summary>There is no such saga for this caller.</summary>
    NotFound,
    /// <summary>The saga's state does not allow it; nothing changed.</summary>
    NotAllowed,
    /// <summary>Done, or done before.</summary>
    Done,
}

/// <summary>The outcome of a command and the saga as it is afterwards (null when not found).</summary>
public readonly record struct CommandResult<TSaga>(CommandOutcome Outcome, TSaga? Saga);

/// <summary>
/// Lets a request act on a saga: the state machine runs in the request, under the saga's row lock, and its state, messages and timers commit
/// before the answer, so that the caller learns what is true and not what has been queued.
/// </summary>
public sealed class SagaCommands<TMachine, TSaga>(Store store, TMachine machine, SagaQueue<TSaga> queue)
    where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga>
    where TSaga : class, SagaStateMachineInstance
{
    /// <summary>Raises an event on the saga <paramref name="id"/>.</summary>
    /// <param name="id">The saga.</param>
    /// <param name="event">Picks the event.</param>
    /// <param name="message">Its message.</param>
    /// <param name="mayAct">False hides the saga from the caller.</param>
    /// <param name="cancellation">Cancels; nothing is written then.</param>
    public async Task<CommandResult<TSaga>> RaiseAsync<T>(Guid id, Func<TMachine, Event<T>> @event, T message, Func<TSaga, bool> mayAct,
        CancellationToken cancellation) where T : class
    {
        await using var transaction = await store.BeginAsync(typeof(TSaga), [id], [], cancellation);
        if (transaction.Saga(id) is not TSaga saga || !mayAct(saga))
            return new(CommandOutcome.NotFound, null);
        var unit = new UnitOfWork();
        if (!await SagaStep.RaiseAsync(machine, saga, @event(machine), message, unit, queue.Name, cancellation: cancellation))
            return new(CommandOutcome.NotAllowed, saga);
        unit.Replace(saga);
        await transaction.CommitAsync([unit], cancellation);
        unit.Committed();
        return new(CommandOutcome.Done, saga);
    }
}

/// <summary>The queue of a saga.</summary>
public sealed record SagaQueue<TSaga>(string Name);
