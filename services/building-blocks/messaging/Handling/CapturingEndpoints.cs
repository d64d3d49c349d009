using MassTransit;
using MassTransit.Context;
using MassTransit.Util;

namespace SafeHarbor.Messaging.Handling;

/// <summary>What MassTransit publishes or sends on behalf of a handler lands in the handler's <see cref="UnitOfWork"/> instead of on the broker.</summary>
internal sealed class CapturingEndpoints(UnitOfWork unit) : IPublishEndpointProvider, ISendEndpointProvider
{
    public Task<ISendEndpoint> GetPublishSendEndpoint<T>() where T : class => Task.FromResult<ISendEndpoint>(new Endpoint(unit, queue: null));

    public Task<ISendEndpoint> GetSendEndpoint(Uri address) => Task.FromResult<ISendEndpoint>(new Endpoint(unit, QueueOf(address)));

    public ConnectHandle ConnectPublishObserver(IPublishObserver observer) => new EmptyConnectHandle();

    public ConnectHandle ConnectSendObserver(ISendObserver observer) => new EmptyConnectHandle();

    /// <summary>The queue of an endpoint address such as <c>queue:name</c> or <c>rabbitmq://host/vhost/name?durable=true</c>.</summary>
    public static string QueueOf(Uri address) =>
        address.Scheme is "queue" or "exchange" ? address.AbsolutePath : Uri.UnescapeDataString(address.Segments[^1]);

    private sealed class Endpoint(UnitOfWork unit, string? queue) : ISendEndpoint
    {
        public Task Send<T>(T message, CancellationToken cancellationToken) where T : class => Capture(message, null);

        public async Task Send<T>(T message, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken) where T : class
        {
            var context = new MessageSendContext<T>(message, cancellationToken) { MessageId = Guid.CreateVersion7() };
            await pipe.Send(context);
            await Capture(message, context.MessageId);
        }

        public async Task Send<T>(T message, IPipe<SendContext> pipe, CancellationToken cancellationToken) where T : class
        {
            var context = new MessageSendContext<T>(message, cancellationToken) { MessageId = Guid.CreateVersion7() };
            await pipe.Send(context);
            await Capture(message, context.MessageId);
        }

        public ConnectHandle ConnectSendObserver(ISendObserver observer) => new EmptyConnectHandle();

        public Task Send(object message, CancellationToken cancellationToken) => throw Untyped();
        public Task Send(object message, Type messageType, CancellationToken cancellationToken) => throw Untyped();
        public Task Send(object message, IPipe<SendContext> pipe, CancellationToken cancellationToken) => throw Untyped();
        public Task Send(object message, Type messageType, IPipe<SendContext> pipe, CancellationToken cancellationToken) => throw Untyped();
        public Task Send<T>(object values, CancellationToken cancellationToken) where T : class => throw Untyped();
        public Task Send<T>(object values, IPipe<SendContext<T>> pipe, CancellationToken cancellationToken) where T : class => throw Untyped();
        public Task Send<T>(object values, IPipe<SendContext> pipe, CancellationToken cancellationToken) where T : class => throw Untyped();

        private Task Capture<T>(T message, Guid? messageId) where T : class
        {
            if (queue is null)
                unit.Publish(message, messageId);
            else
                unit.Send(queue, message, messageId);
            return Task.CompletedTask;
        }

        private static NotSupportedException Untyped() => new("Publish or send a message of its own type, not an object or a set of values.");
    }
}
