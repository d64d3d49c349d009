namespace SafeHarbor.CountyRouting.Desk;

/// <summary>The statewide desk: what routing could not decide, a person does.</summary>
internal static class DeskCapability
{
    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        routes.MapReadDesk();
        routes.MapAssignDeskItem();
    }
}
