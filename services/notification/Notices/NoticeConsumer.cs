using MassTransit;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Notification.Notices;

/// <summary>Keeps what is to be told; the worker tells it.</summary>
internal sealed class NoticeConsumer(Wakeup wakeup) : IConsumer<NoticeRequested>
{
    public Task Consume(ConsumeContext<NoticeRequested> context)
    {
        var unit = context.UnitOfWork();
        unit.AddOnce(Notice.From(context.Message));
        unit.AfterCommit(wakeup.Ring);
        return Task.CompletedTask;
    }
}
