using MassTransit;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Notification.Notices;

/// <summary>Keeps what is to be told; the worker tells it.</summary>
internal sealed class NoticeConsumer(Wakeup wakeup) : IConsumer<NoticeRequested>, IConsumer<SystemNoticeRequested>
{
    public Task Consume(ConsumeContext<NoticeRequested> context) => Keep(Notice.From(context.Message), context.UnitOfWork());

    public Task Consume(ConsumeContext<SystemNoticeRequested> context) => Keep(Notice.From(context.Message), context.UnitOfWork());

    private Task Keep(Notice notice, UnitOfWork unit)
    {
        unit.AddOnce(notice);
        unit.AfterCommit(wakeup.Ring);
        return Task.CompletedTask;
    }
}
