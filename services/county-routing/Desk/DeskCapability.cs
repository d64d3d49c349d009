namespace SafeHarbor.CountyRouting.Desk;

/// <summary>The statewide desk: what routing could not decide, a person does.</summary>
internal static class DeskCapability
{
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("desk", "The statewide desk: what routing could not decide, a person does.");
        routes.MapReadDesk();
        routes.MapAssignDeskItem();
    }
}
