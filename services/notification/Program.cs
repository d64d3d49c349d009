using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification;

internal static class Program
{
    public static Task Main(string[] args) => Build(WebApplication.CreateBuilder(args)).RunServiceAsync<NotificationDb>(args);

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddService<NotificationDb>(Contracts.Services.Notification, handlers => handlers
            .Consumer<NoticeConsumer>(Queues.Notice));
        builder.Services.RequireSealing();
        builder.AddDelivery();
        builder.Services.AddEndpoints();
        return builder.BuildService(routes =>
        {
            routes.MapEndpoints();
            routes.MapNotices();
        });
    }
}
