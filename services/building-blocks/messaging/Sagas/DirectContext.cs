using System.Net.Mime;
using MassTransit;
using MassTransit.Context;
using MassTransit.Middleware;
using MassTransit.Serialization;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>A consume context for an event that did not come from the broker: a request's command, or a line of a test's table.</summary>
internal static class DirectContext
{
    public static ConsumeContext<T> Of<T>(T message, string queue, UnitOfWork unit, Guid? timerToken, CancellationToken cancellation) where T : class
    {
        var headers = new DictionarySendHeaders();
        if (timerToken is { } token)
            headers.Set(MessageHeaders.SchedulingTokenId, token.ToString("D"));
        var receive = new DirectReceiveContext(new Uri($"queue:{queue}"), headers, unit, cancellation);
        var context = new MediatorConsumeContext<T>(receive, new WireSerializerContext(null, receive.Body, headers, receive.InputAddress), message);
        receive.Scheduler = CapturingScheduler.For(context, unit);
        return context;
    }
}

/// <summary>Where a directly raised event "was received": nowhere; it only leads to the unit of work.</summary>
internal sealed class DirectReceiveContext(Uri inputAddress, Headers headers, UnitOfWork unit, CancellationToken cancellation)
    : BasePipeContext(cancellation), ReceiveContext
{
    private readonly CapturingEndpoints _endpoints = new(unit);

    public MessageSchedulerContext? Scheduler { get; set; }

    public override bool TryGetPayload<T>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? payload) where T : class
    {
        payload = unit as T ?? Scheduler as T;
        return payload is not null || base.TryGetPayload(out payload);
    }

    public TimeSpan ElapsedTime => TimeSpan.Zero;
    public Uri InputAddress => inputAddress;
    public ContentType ContentType { get; } = new("application/json");
    public bool Redelivered => false;
    public Headers TransportHeaders => headers;
    public Task ReceiveCompleted => Task.CompletedTask;
    public bool IsDelivered => false;
    public bool IsFaulted => false;
    public ISendEndpointProvider SendEndpointProvider => _endpoints;
    public IPublishEndpointProvider PublishEndpointProvider => _endpoints;
    public bool PublishFaults => false;
    public MessageBody Body { get; } = new EmptyMessageBody();
    public Task NotifyConsumed<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;
    public Task NotifyFaulted<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class => Task.CompletedTask;
    public Task NotifyFaulted(Exception exception) => Task.CompletedTask;
    public void AddReceiveTask(Task task) { }
}
