using MassTransit;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Handling;

/// <summary>
/// Around every handler: gives it a unit of work, commits that with the message's inbox row in one transaction, and only then lets the
/// message be acknowledged. A message that was dealt with before changes nothing. Sits inside the retry, so each attempt starts afresh.
/// </summary>
internal sealed class UnitOfWorkFilter<T>(Store store, string queue, Lanes lanes) : IFilter<ConsumeContext<T>> where T : class
{
    public async Task Send(ConsumeContext<T> context, IPipe<ConsumeContext<T>> next)
    {
        var cancellation = context.CancellationToken;
        var messageId = context.MessageId ?? throw new MessageException(typeof(T), "A message without an id cannot be told from its duplicate.");
        using var lane = await lanes.EnterAsync(context.Message is IEncounterMessage about ? about.EncounterId : messageId, cancellation);
        var delivery = new Delivery(new InboxRow { Consumer = queue, MessageId = messageId });
        try
        {
            await next.Send(new UnitOfWorkContext<T>(context, delivery));
            if (delivery.Transaction is { } transaction)
                await CommitSaga(transaction, delivery, cancellation);
            else
                await Commit(delivery, cancellation);
        }
        finally
        {
            if (delivery.Transaction is { } transaction)
                await transaction.DisposeAsync();
        }
    }

    private static async Task CommitSaga(SagaTransaction transaction, Delivery delivery, CancellationToken cancellation)
    {
        if (transaction.IsDuplicate)
            Instruments.Duplicates.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", delivery.Inbox.Consumer));
        else
            await transaction.CommitAsync(delivery.Unit, cancellation);
    }

    private async Task Commit(Delivery delivery, CancellationToken cancellation)
    {
        delivery.Unit.Receive(delivery.Inbox);
        var conflict = await store.CommitAsync(delivery.Unit, cancellation);
        if (conflict == "inbox_pkey")
            Instruments.Duplicates.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));
        else if (conflict is not null)
            throw new RowConflictException(conflict);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unitOfWork").Add("queue", queue);
}
