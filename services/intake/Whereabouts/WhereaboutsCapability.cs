namespace SafeHarbor.Intake.Whereabouts;

/// <summary>With whom a child is, and to whom it goes next.</summary>
internal static class WhereaboutsCapability
{
    public static void MapWhereabouts(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("whereabouts", "With whom a child is, and to whom it goes next.");
        routes.MapTellWhereabouts();
        routes.MapReadWhereabouts();
    }
}
