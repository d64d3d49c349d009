namespace SafeHarbor.Intake.Workers;

/// <summary>Who works for a child at its counties.</summary>
internal static class WorkersCapability
{
    public static void MapWorkers(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("workers", "Which worker of a county has the case.");
        routes.MapAssignWorker();
        routes.MapReadWorkers();
    }
}
