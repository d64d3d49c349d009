using SafeHarbor.Contracts;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification;

/// <summary>The service as the process runs it; tests run several of them side by side.</summary>
internal static class NotificationService
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? further = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("notification");
        builder.Services.RequireSealing();
        builder.AddMessaging<NotificationDb>("notification", handlers => handlers.Consumer<NoticeConsumer>(Queues.Notice));
        builder.AddLedger("notification");
        builder.AddDelivery();
        builder.Services.AddSingleton<SecretRewrapping>().AddHostedService(services => services.GetRequiredService<SecretRewrapping>());
        further?.Invoke(builder);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapEndpoints();
        app.MapNotices();
        app.MapParked();
        app.MapLedger();
        return app;
    }
}
