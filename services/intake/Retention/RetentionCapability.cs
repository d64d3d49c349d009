using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Intake.Retention;

/// <summary>Details are kept for their time, or until a court has them sealed, and then destroyed.</summary>
internal static class RetentionCapability
{
    public static void AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<RetentionSettings>();
        services.AddStartCheck<RetentionSettings>();
        services.AddSingleton<DueReports>();
        services.AddSingleton<CarryOutOrders>();
        services.AddSingleton<DestroyReports>();
        services.AddHostedService<RetentionWorker>();
    }

    public static void MapRetention(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("retention", "Details are kept for their time, or until a court has them sealed, and then destroyed.");
        routes.MapRunRetention();
        routes.MapSealReport();
        routes.MapReadDestruction();
    }
}
