using SafeHarbor.Notification.Feed;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Notification.Delivery;

internal static class DeliveryRegistration
{
    public static void AddDelivery(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.Configure<DeliverySettings>(builder.Configuration.GetSection("Delivery"));
        services.AddSingleton<Wakeup>().AddSingleton<Schedule>().AddSingleton<DeliveryDecisions>().AddSingleton<NoticeReader>();
        services.AddSingleton<Claims>().AddSingleton<PendingDeliveries>().AddSingleton<Addressing>().AddSingleton<Destinations>().AddSingleton<WebhookClient>().AddSingleton<Attempt>().AddSingleton<Conclusions>().AddSingleton<Resending>();
        services.AddSingleton<FeedReaders>().AddSingleton<FeedSilence>();
        services.AddHostedService<DeliveryWorker>();
    }
}
