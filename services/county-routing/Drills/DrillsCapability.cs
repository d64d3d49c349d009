namespace SafeHarbor.CountyRouting.Drills;

/// <summary>Drills: whether a report would be answered at a county tonight is tried with one of nobody (ADR 44).</summary>
internal static class DrillsCapability
{
    public static void AddDrills(this IServiceCollection services) => services.AddSingleton<DrillMeter>().AddHostedService<DailyDrills>();

    public static void MapDrills(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("drills", "Whether a report would be answered, tried with one of nobody.");
        routes.MapStartDrill();
        routes.MapReadDrills();
    }
}
