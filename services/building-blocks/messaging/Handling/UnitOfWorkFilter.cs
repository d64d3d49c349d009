using System.Diagnostics;
using MassTransit;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Handling;

/// <summary>
/// Around every handler: gives it a unit of work, commits that with the message's inbox row in one transaction (shared with other messages), and
/// only then lets the message be acknowledged. A message that was dealt with before changes nothing. A handler may run more than once before its
/// unit commits; only what committed counts.
/// </summary>
internal sealed class UnitOfWorkFilter<T>(GroupCommit group, string queue, bool isRecorder) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var messageId = context.MessageId ?? throw new MessageException(typeof(T), "A message without an id cannot be told from its duplicate.");
        var inbox = isRecorder ? null : new InboxRow { SentOn = SentTime.Of(context.ReceiveContext, messageId), MessageId = messageId, Consumer = queue };
        var about = context.Message is IEncounterMessage message ? message.EncounterId : messageId;
        var delivery = Delivery.OfMessage(inbox, about);
        var received = Stopwatch.GetTimestamp();
        Outcome outcome;
        while ((outcome = await AttemptAsync(context, next, delivery)) == Outcome.Again)
            delivery = await delivery.AgainAsync(context.CancellationToken);
        Instruments.Handled(queue, outcome, Stopwatch.GetElapsedTime(received));
    }

    private async Task<Outcome> AttemptAsync(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next, Delivery delivery)
    {
        try
        {
            await next.Send(new UnitOfWorkContext<T>(context, delivery, group));
            if (isRecorder && !delivery.Unit.IsOnceByItself)
                throw new InvalidOperationException($"The handler of {queue} is a recorder: it may only add rows once. Register it as a consumer.");
        }
        catch (Exception e)
        {
            delivery.Handle(succeeded: false);
            if (FailureCause.Of(e) == Cause.Message)
                throw;
            await Task.Delay(TimeSpan.FromMilliseconds(50 << Math.Min(delivery.Attempt, 6)), context.CancellationToken);
            return Outcome.Again;
        }
        return await group.CommitAsync(delivery, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unitOfWork").Add("queue", queue);
}
