using System.Net.Security;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging;

/// <summary>MassTransit's part: it receives, retries and dispatches to handlers. It never publishes; the relay does.</summary>
internal static class Bus
{
    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator rabbit, Uri broker, string service, Handlers handlers)
    {
        rabbit.Host(broker, service, host =>
        {
            host.Heartbeat(BrokerSettings.Heartbeat);
            host.ContinuationTimeout(BrokerSettings.ContinuationTimeout);
            if (broker.Scheme == "amqps")
                host.UseSsl(tls => tls.EnforcePolicyErrors(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch));
        });
        rabbit.ClearSerialization();
        rabbit.AddSerializer(new WireFormat());
        rabbit.AddDeserializer(new WireFormat(), isDefault: true);
        foreach (var (queue, handler) in handlers.ByQueue)
            rabbit.ReceiveEndpoint(queue, endpoint => Configure(context, endpoint, queue, handler));
    }

    private static void Configure(IBusRegistrationContext context, IRabbitMqReceiveEndpointConfigurator endpoint, string queue,
        Action<IRegistrationContext, IReceiveEndpointConfigurator> handler)
    {
        // Bindings come from Subscriptions alone, declared by the relay.
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = BrokerSettings.Prefetch;
        endpoint.ConcurrentMessageLimit = BrokerSettings.ConcurrentMessages;
        foreach (var (name, value) in Topology.QueueArguments)
            endpoint.SetQueueArgument(name, value);
        Retries.Configure(endpoint);
        var observer = new UnitOfWorkObserver(context.GetRequiredService<Store>(), queue);
        endpoint.ConnectConsumerConfigurationObserver(observer);
        endpoint.ConnectSagaConfigurationObserver(observer);
        handler(context, endpoint);
    }
}
