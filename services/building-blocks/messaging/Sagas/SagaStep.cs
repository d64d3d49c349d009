using MassTransit;
using MassTransit.Context;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>Runs one event through a state machine in memory: state and message in, new state and unit of work out.</summary>
public static class SagaStep
{
    /// <summary>Raises <paramref name="event"/> on <paramref name="saga"/>, which is changed in place.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="saga">Its instance; a new one is in the initial state.</param>
    /// <param name="event">An event of the machine.</param>
    /// <param name="message">The event's message.</param>
    /// <param name="unit">Takes what the machine decides.</param>
    /// <param name="queue">The saga's queue, to which its timers come back.</param>
    /// <param name="timerToken">For a timer's message: the token it was started with.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>False when the state does not accept the event; then nothing was decided.</returns>
    public static async Task<bool> RaiseAsync<TSaga, T>(MassTransitStateMachine<TSaga> machine, TSaga saga, Event<T> @event, T message, UnitOfWork unit,
        string queue = "saga", Guid? timerToken = null, CancellationToken cancellation = default)
        where TSaga : class, SagaStateMachineInstance where T : class
    {
        var context = DirectContext.Of(message, queue, unit, timerToken, cancellation);
        var sagaContext = new DefaultSagaConsumeContext<TSaga, T>(context, saga);
        try
        {
            await ((StateMachine<TSaga>)machine).RaiseEvent(new MassTransitStateMachine<TSaga>.BehaviorContextProxy<T>(machine, sagaContext, sagaContext, @event));
            return true;
        }
        // What an activity throws comes wrapped (SagaMachine.Refuse).
        catch (Exception refused) when (refused is UnhandledEventException or EventExecutionException { InnerException: UnhandledEventException })
        {
            return false;
        }
    }
}
