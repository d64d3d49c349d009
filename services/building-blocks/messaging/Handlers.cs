using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging;

/// <summary>Which handler takes which of the service's queues. A queue has one handler.</summary>
public sealed class Handlers
{
    private readonly IServiceCollection _services;
    private readonly IBusRegistrationConfigurator _bus;
    private readonly Dictionary<string, Action<IRegistrationContext, IReceiveEndpointConfigurator>> _byQueue = [];

    internal Handlers(IServiceCollection services, IBusRegistrationConfigurator bus) => (_services, _bus) = (services, bus);

    internal IReadOnlyDictionary<string, Action<IRegistrationContext, IReceiveEndpointConfigurator>> ByQueue => _byQueue;

    /// <summary>A consumer: plain <see cref="IConsumer{T}"/> for each message, writing to <c>context.UnitOfWork()</c> and doing no I/O.</summary>
    public Handlers Consumer<TConsumer>(string queue) where TConsumer : class, IConsumer
    {
        _bus.AddConsumer<TConsumer>();
        _byQueue.Add(queue, (context, endpoint) => endpoint.ConfigureConsumer<TConsumer>(context));
        return this;
    }

    /// <summary>A saga: its events correlate by id only. Requests act on it through <see cref="SagaCommands{TMachine,TSaga}"/>.</summary>
    public Handlers Saga<TMachine, TSaga>(string queue)
        where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga> where TSaga : class, SagaStateMachineInstance
    {
        _bus.AddSagaStateMachine<TMachine, TSaga>().UseUnitOfWork();
        _services.TryAddSingleton<TMachine>();
        _services.AddSingleton(new SagaQueue<TSaga>(queue));
        _services.AddSingleton<SagaCommands<TMachine, TSaga>>();
        _byQueue.Add(queue, (context, endpoint) => endpoint.ConfigureSaga<TSaga>(context));
        return this;
    }
}
