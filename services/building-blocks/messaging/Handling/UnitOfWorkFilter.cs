using System.Diagnostics;
using MassTransit;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Handling;

/// <summary>
/// Around every handler: gives it a unit of work, commits that with the message's inbox row in one transaction (shared with other messages), and
/// only then lets the message be acknowledged. A message that was dealt with before changes nothing. A handler may run more than once before its
/// unit commits; only what committed counts. A test never gets into an installation that is no sandbox, nor a report into one that is: such a message is
/// parked before its handler has seen it.
/// </summary>
internal sealed class UnitOfWorkFilter<T>(GroupCommit group, string queue, bool isRecorder, bool isSandbox) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        if (SandboxMark.IsOn(context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties : null) != isSandbox)
            throw new OtherInstallationException(isSandbox);
        var messageId = context.MessageId ?? throw new MessageException(typeof(T), "A message without an id cannot be told from its duplicate.");
        var inbox = isRecorder ? null : new InboxRow { SentOn = SentTime.Of(context.ReceiveContext, messageId), MessageId = messageId, Consumer = queue };
        var about = OrderingKey.Of(context.Message) ?? messageId;
        var member = GroupMember.OfMessage(inbox, about);
        var received = Stopwatch.GetTimestamp();
        CommitOutcome outcome;
        while ((outcome = await AttemptAsync(context, next, member)) == CommitOutcome.Again)
            member = await member.AgainAsync(context.CancellationToken);
        Instruments.Handled(queue, outcome, Stopwatch.GetElapsedTime(received));
    }

    private async Task<CommitOutcome> AttemptAsync(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next, GroupMember member)
    {
        try
        {
            await next.Send(new UnitOfWorkContext<T>(context, member, group));
            if (isRecorder && !member.Unit.IsOnceByItself)
                throw new InvalidOperationException($"The handler of {queue} is a recorder: it may only add rows once. Register it as a consumer.");
        }
        catch (Exception e)
        {
            member.Handle(succeeded: false);
            if (FailureCause.Of(e) == Cause.Message)
                throw;
            await Task.Delay(e is NotYetHereException ? Following.Pause : TimeSpan.FromMilliseconds(50 << Math.Min(member.Attempt, 6)), context.CancellationToken);
            return CommitOutcome.Again;
        }
        return await group.CommitAsync(member, context.CancellationToken);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unitOfWork").Add("queue", queue);
}
