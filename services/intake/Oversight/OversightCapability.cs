namespace SafeHarbor.Intake.Oversight;

/// <summary>Unusual reading is found, told and shown.</summary>
internal static class OversightCapability
{
    public static void AddOversight(this IServiceCollection services) => services.AddHostedService<ReadingWatch>();

    public static void MapOversight(this IEndpointRouteBuilder routes) => routes.Capability("oversight", "Unusual reading is found, told and shown.").MapReadUnusualReading();
}
