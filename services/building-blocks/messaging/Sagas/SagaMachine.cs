using System.Linq.Expressions;
using MassTransit;
using SafeHarbor.Messaging.Keeping;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>
/// A state machine in the form that all of ours have: every event finds its saga by id, what comes for a saga that is not there changes nothing
/// (one that is on its way from another keeper is waited for), and a command comes from a request and never from the broker.
/// </summary>
public abstract class SagaMachine<TSaga> : MassTransitStateMachine<TSaga> where TSaga : class, ITimedSaga
{
    /// <summary>A machine whose sagas keep their state's name.</summary>
    protected SagaMachine() => InstanceState(saga => saga.CurrentState);

    /// <summary>An event that begins a saga, or that its saga waits for.</summary>
    protected void On<T>(Expression<Func<Event<T>>> @event, Func<T, Guid> saga) where T : class =>
        Event(@event, e => e.CorrelateById(c => saga(c.Message)));

    /// <summary>An answer to what a saga, or somebody else, has asked for.</summary>
    protected void OnAnswer<T>(Expression<Func<Event<T>>> @event, Func<T, Guid> saga) where T : class => Event(@event, e =>
    {
        e.CorrelateById(c => saga(c.Message));
        e.OnMissingInstance(m => m.Execute(Following.Missing));
    });

    /// <summary>What is sent only once its saga was begun, and must not be missed: should it have overtaken the beginning, it waits for it.</summary>
    protected void OnSequel<T>(Expression<Func<Event<T>>> @event, Func<T, Guid> saga) where T : class => Event(@event, e =>
    {
        e.CorrelateById(c => saga(c.Message));
        e.OnMissingInstance(m => m.Execute(Following.MissingYet));
    });

    /// <summary>A command: raised by a request on the saga that its route names (<see cref="SagaCommands{TMachine,TSaga}"/>). It has no name on the wire.</summary>
    protected void OnCommand<T>(Expression<Func<Event<T>>> @event) where T : class => Event(@event, e =>
    {
        e.CorrelateById(_ => Guid.Empty);
        e.OnMissingInstance(m => m.Discard());
    });

    /// <summary>What the state would take, and this saga does not: the command is refused, and nothing is decided.</summary>
    protected EventActivityBinder<TSaga, T> Refuse<T>(EventActivityBinder<TSaga, T> command) where T : class =>
        command.Then(c => throw new UnhandledEventException(GetType().Name, c.Event.Name, c.Saga.CurrentState));

    /// <summary>A durable timer, whose message comes back to the saga that started it.</summary>
    protected void OnTimer<T>(Expression<Func<Schedule<TSaga, T>>> timer, Expression<Func<TSaga, Guid?>> token, Func<T, Guid> saga,
        Action<IScheduleConfigurator<TSaga, T>>? further = null) where T : class => Schedule(timer, token, s =>
    {
        s.Received = e =>
        {
            e.CorrelateById(c => saga(c.Message));
            e.OnMissingInstance(m => m.Execute(Following.Missing));
        };
        further?.Invoke(s);
    });
}
