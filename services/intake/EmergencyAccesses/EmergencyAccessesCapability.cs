namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary>Break-glass, and its review.</summary>
internal static class EmergencyAccessesCapability
{
    public static void AddEmergencyAccesses(this IServiceCollection services) => services.AddSingleton<EmergencyAccessRules>();

    public static void MapEmergencyAccesses(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("emergency accesses", "Break-glass, and its review.");
        routes.MapOpenEmergencyAccess();
        routes.MapReadEmergencyAccess();
        routes.MapReviewEmergencyAccess();
    }
}
