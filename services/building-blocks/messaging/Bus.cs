using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Supervision;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>MassTransit's part: it receives, retries and dispatches to handlers. It never publishes; the relay does.</summary>
internal static class Bus
{
    public static void Configure(IBusRegistrationContext context, IRabbitMqBusFactoryConfigurator rabbit, Uri broker, TrustedAuthority? authority, string service,
        Handlers handlers)
    {
        rabbit.Host(broker, service, host =>
        {
            host.Heartbeat(BrokerSettings.Heartbeat);
            host.ContinuationTimeout(BrokerSettings.ContinuationTimeout);
            if (broker.Scheme == "amqps")
                host.UseSsl();
            host.OnRefreshConnectionFactory = factory =>
            {
                BrokerTls.Secure(factory.Ssl, broker, authority);
                return Task.CompletedTask;
            };
        });
        rabbit.ClearSerialization();
        rabbit.AddSerializer(new WireFormat());
        rabbit.AddDeserializer(new WireFormat(), isDefault: true);
        foreach (var (queue, handler) in handlers.ByQueue)
            rabbit.ReceiveEndpoint(queue, endpoint => Configure(context, endpoint, queue, handlers.OwnerOf(queue), handler, handlers.IsRecorder(queue)));
    }

    private static void Configure(IBusRegistrationContext context, IRabbitMqReceiveEndpointConfigurator endpoint, string queue, string owner,
        Action<IRegistrationContext, IReceiveEndpointConfigurator> handler, bool isRecorder)
    {
        // Bindings come from Subscriptions alone, declared by the relay.
        endpoint.ConfigureConsumeTopology = false;
        // What is given up is parked, with a fault message of our own in the same transaction; there are no _error and _skipped queues.
        var parked = context.GetRequiredService<ParkedMessages>();
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(error => error.UseFilter(new ParkFailedFilter(parked, queue)));
        endpoint.ConfigureDeadLetter(skipped => skipped.UseFilter(new ParkUnknownFilter(parked, queue)));
        endpoint.PrefetchCount = BrokerSettings.Prefetch;
        endpoint.ConcurrentMessageLimit = BrokerSettings.Prefetch;
        foreach (var (name, value) in Topology.QueueArguments(owner))
            endpoint.SetQueueArgument(name, value);
        Retries.Configure(endpoint);
        var group = context.GetRequiredService<GroupCommits>().Of(queue);
        var observer = new UnitOfWorkObserver(group, queue, isRecorder, context.GetRequiredService<Sandbox>().IsOn);
        endpoint.ConnectConsumerConfigurationObserver(observer);
        endpoint.ConnectSagaConfigurationObserver(observer);
        var onOff = new EndpointSwitch(queue, group);
        endpoint.ConnectReceiveEndpointObserver(onOff);
        context.GetRequiredService<WatchState>().Endpoints.Add(onOff);
        handler(context, endpoint);
    }
}
