using MassTransit;

namespace SafeHarbor.Messaging.Parking;

/// <summary>In the place of MassTransit's <c>_error</c> queue: what a handler gave up, and what nobody could read, is parked in the service's database.</summary>
internal sealed class ParkFailedFilter(ParkedMessages parked, string queue) : IFilter<ExceptionReceiveContext>
{
    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        var error = context.Exception.GetBaseException();
        await parked.ParkReceivedAsync(context, queue, error.GetType().Name, error.Message);
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("parkFailed");
}

/// <summary>In the place of MassTransit's <c>_skipped</c> queue: a message of a kind that the queue's handler does not know.</summary>
internal sealed class ParkUnknownFilter(ParkedMessages parked, string queue) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        await parked.ParkReceivedAsync(context, queue, "UnknownMessage", "The queue's handler does not know this kind of message.");
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("parkUnknown");
}

internal static class Parking
{
    /// <summary>Parks what was received; as long as the database does not take it, it waits, and the message stays with the broker.</summary>
    public static async Task ParkReceivedAsync(this ParkedMessages parked, ReceiveContext context, string queue, string errorType, string error)
    {
        var properties = context.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties : null;
        var row = parked.Received(properties, context.GetBody(), queue, ParkedSource.Handler, errorType, error);
        for (var attempt = 0; ; attempt++)
            try
            {
                await parked.ParkAsync(row, context.CancellationToken);
                return;
            }
            catch (Exception e) when (FailureCause.Of(e) != Cause.Message && !context.CancellationToken.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 5)), context.CancellationToken);
            }
    }
}
