using MassTransit;
using MassTransit.Configuration;

namespace SafeHarbor.Messaging.Handling;

/// <summary>Puts a <see cref="UnitOfWorkFilter{T}"/> in front of every consumer and saga message of an endpoint.</summary>
internal sealed class UnitOfWorkObserver(GroupCommit group, string queue, bool isRecorder, bool isSandbox) : IConsumerConfigurationObserver, ISagaConfigurationObserver
{
    public void ConsumerMessageConfigured<TConsumer, TMessage>(IConsumerMessageConfigurator<TConsumer, TMessage> configurator)
        where TConsumer : class where TMessage : class => Add<TMessage>((IConsumerMessageConfigurator<TMessage>)configurator);

    public void SagaMessageConfigured<TSaga, TMessage>(ISagaMessageConfigurator<TSaga, TMessage> configurator)
        where TSaga : class, ISaga where TMessage : class => Add<TMessage>((ISagaMessageConfigurator<TMessage>)configurator);

    public void ConsumerConfigured<TConsumer>(IConsumerConfigurator<TConsumer> configurator) where TConsumer : class { }

    public void SagaConfigured<TSaga>(ISagaConfigurator<TSaga> configurator) where TSaga : class, ISaga { }

    public void StateMachineSagaConfigured<TInstance>(ISagaConfigurator<TInstance> configurator, SagaStateMachine<TInstance> stateMachine)
        where TInstance : class, ISaga, SagaStateMachineInstance
    { }

    private void Add<TMessage>(IPipeConfigurator<ConsumeContext<TMessage>> pipe) where TMessage : class =>
        pipe.AddPipeSpecification(new FilterPipeSpecification<ConsumeContext<TMessage>>(new UnitOfWorkFilter<TMessage>(group, queue, isRecorder, isSandbox)));
}
