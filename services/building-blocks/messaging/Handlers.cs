using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Supervision;

namespace SafeHarbor.Messaging;

/// <summary>Which handler takes which of the service's queues. A queue has one handler.</summary>
public sealed class Handlers
{
    private readonly IServiceCollection _services;
    private readonly IBusRegistrationConfigurator _bus;
    private readonly Dictionary<string, Action<IRegistrationContext, IReceiveEndpointConfigurator>> _byQueue = [];
    private readonly HashSet<string> _recorders = [];
    private readonly Node? _node;

    internal Handlers(IServiceCollection services, IBusRegistrationConfigurator bus, Node? node = null) => (_services, _bus, _node) = (services, bus, node);

    internal IReadOnlyDictionary<string, Action<IRegistrationContext, IReceiveEndpointConfigurator>> ByQueue => _byQueue;

    /// <summary>A consumer: plain <see cref="IConsumer{T}"/> for each message, writing to <c>context.UnitOfWork()</c> and doing no I/O.</summary>
    public Handlers Consumer<TConsumer>(string queue) where TConsumer : class, IConsumer
    {
        _bus.AddConsumer<TConsumer>();
        _byQueue.Add(OwnOf(queue), (context, endpoint) => endpoint.ConfigureConsumer<TConsumer>(context));
        return this;
    }

    /// <summary>The same by two consumers, of different messages.</summary>
    public Handlers Consumer<TFirst, TSecond>(string queue) where TFirst : class, IConsumer where TSecond : class, IConsumer
    {
        _bus.AddConsumer<TFirst>();
        _bus.AddConsumer<TSecond>();
        _byQueue.Add(OwnOf(queue), (context, endpoint) =>
        {
            endpoint.ConfigureConsumer<TFirst>(context);
            endpoint.ConfigureConsumer<TSecond>(context);
        });
        return this;
    }

    /// <summary>The same by three.</summary>
    public Handlers Consumer<TFirst, TSecond, TThird>(string queue) where TFirst : class, IConsumer where TSecond : class, IConsumer where TThird : class, IConsumer
    {
        Consumer<TFirst, TSecond>(queue);
        _bus.AddConsumer<TThird>();
        _byQueue[OwnOf(queue)] += (context, endpoint) => endpoint.ConfigureConsumer<TThird>(context);
        return this;
    }

    /// <summary>
    /// A consumer that only adds rows, each once under a key that follows from the message (<c>AddOnce</c>): what comes twice changes nothing because
    /// of that key, for ever, and takes no place in the inbox.
    /// </summary>
    public Handlers Recorder<TConsumer>(string queue) where TConsumer : class, IConsumer
    {
        _recorders.Add(OwnOf(queue));
        return Consumer<TConsumer>(queue);
    }

    /// <summary>The same by a family of consumers, one for each message that is bound to the queue.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="family">A generic consumer, <c>typeof(Consumer&lt;&gt;)</c>, of the type that it is given.</param>
    public Handlers Recorder(string queue, Type family)
    {
        var consumers = Subscriptions.Of(queue).Messages.Select(message => family.MakeGenericType(message)).ToList();
        consumers.ForEach(consumer => _bus.AddConsumer(consumer));
        _recorders.Add(OwnOf(queue));
        _byQueue.Add(OwnOf(queue), (context, endpoint) => consumers.ForEach(consumer => endpoint.ConfigureConsumer(context, consumer)));
        return this;
    }

    /// <summary>The process's own queue in the place of one of the statewide system's: that, or a node's.</summary>
    private string OwnOf(string queue) => _node is null ? queue
        : Queues.Addressed.Contains(queue) || Queues.OfEveryNode.Contains(queue) ? _node.QueueOf(queue)
        : throw new InvalidOperationException($"A node has no place of its own for {queue}, which is reached by no key: only the statewide system takes from it.");

    /// <summary>Whose a queue of <see cref="ByQueue"/> is.</summary>
    internal string OwnerOf(string queue) => _node?.Service ?? Queues.ServiceOf(queue);

    internal bool IsRecorder(string queue) => _recorders.Contains(queue);

    /// <summary>A node's organizations' keys are bound when it has everything, and not before.</summary>
    internal bool KeepsSagas { get; private set; }

    /// <summary>A saga: its events correlate by id only. Requests act on it through <see cref="SagaCommands{TMachine,TSaga}"/>.</summary>
    public Handlers Saga<TMachine, TSaga>(string queue)
        where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga> where TSaga : class, ITimedSaga
    {
        Register<TMachine, TSaga>(queue);
        _byQueue.Add(OwnOf(queue), (context, endpoint) => endpoint.ConfigureSaga<TSaga>(context));
        return this;
    }

    /// <summary>The same of a saga that this process keeps for as long as nobody else does.</summary>
    /// <param name="queue">Its queue.</param>
    /// <param name="waiting">Which of them wait for somebody, as a condition of SQL: a node says how many do.</param>
    public Handlers KeptSaga<TMachine, TSaga>(string queue, string waiting)
        where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga> where TSaga : class, IKept
    {
        Register<TMachine, TSaga>(queue);
        _bus.AddConsumer<KeepingConsumer<TMachine, TSaga>>();
        _services.AddSingleton(new KeepingQueue<TSaga>(OwnOf(queue)));
        _services.AddSingleton<KeepingNews>();
        KeepsSagas = true;
        if (_node is not null)
        {
            _services.AddSingleton<IHostedService>(p => ActivatorUtilities.CreateInstance<NodeKeeping>(p, _node, OwnOf(queue), queue, new KeptWaiting(store => store.TableOf<TSaga>(), waiting)));
            _services.AddHealthChecks().AddKeepingHealth();
        }
        _byQueue.Add(OwnOf(queue), (context, endpoint) =>
        {
            endpoint.ConfigureConsumer<KeepingConsumer<TMachine, TSaga>>(context);
            endpoint.ConfigureSaga<TSaga>(context);
        });
        return this;
    }

    private void Register<TMachine, TSaga>(string queue)
        where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga> where TSaga : class, ITimedSaga
    {
        _bus.AddSagaStateMachine<TMachine, TSaga>().UseUnitOfWork();
        _services.TryAddSingleton<TMachine>();
        _services.AddSingleton(p => new SagaCommands<TMachine, TSaga>(p.GetRequiredService<GroupCommits>(), p.GetRequiredService<TMachine>(), OwnOf(queue)));
    }
}
