using MassTransit;
using MassTransit.Context;
using MassTransit.Scheduling;

namespace SafeHarbor.Messaging.Handling;

/// <summary><c>Schedule</c> and <c>Unschedule</c> of a state machine become durable timers of the handler's <see cref="UnitOfWork"/>.</summary>
internal sealed class CapturingScheduler(UnitOfWork unit) : IScheduleMessageProvider
{
    public static MessageSchedulerContext For(ConsumeContext context, UnitOfWork unit) =>
        new ConsumeMessageSchedulerContext(context, _ => new MessageScheduler(new CapturingScheduler(unit), busTopology: null!));

    public Task<ScheduledMessage<T>> ScheduleSend<T>(Uri destinationAddress, DateTime scheduledTime, T message, IPipe<SendContext<T>> pipe,
        CancellationToken cancellationToken) where T : class
    {
        // State machines reckon due times from this machine's clock; what is kept is the delay, which the database adds to its own.
        var delay = scheduledTime - DateTime.UtcNow;
        var token = unit.StartTimer(CapturingEndpoints.QueueOf(destinationAddress), delay > TimeSpan.Zero ? delay : TimeSpan.Zero, message);
        return Task.FromResult<ScheduledMessage<T>>(new ScheduledMessageHandle<T>(token, scheduledTime, destinationAddress, message));
    }

    public Task CancelScheduledSend(Guid tokenId, CancellationToken cancellationToken)
    {
        unit.CancelTimer(tokenId);
        return Task.CompletedTask;
    }

    public Task CancelScheduledSend(Uri destinationAddress, Guid tokenId, CancellationToken cancellationToken) =>
        CancelScheduledSend(tokenId, cancellationToken);
}
