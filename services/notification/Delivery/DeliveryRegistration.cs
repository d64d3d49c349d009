namespace SafeHarbor.Notification.Delivery;

internal static class DeliveryRegistration
{
    public static void AddDelivery(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.Configure<DeliverySettings>(builder.Configuration.GetSection("Delivery"));
        services.AddSingleton<Wakeup>().AddSingleton<Schedule>().AddSingleton<Outcome>().AddSingleton<Claims>().AddSingleton<Addressing>();
        services.AddSingleton<WebhookClient>().AddSingleton<Attempt>().AddSingleton<Resending>();
        services.AddHostedService<DeliveryWorker>();
    }
}
