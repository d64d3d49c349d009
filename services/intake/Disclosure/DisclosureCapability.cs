namespace SafeHarbor.Intake.Disclosure;

/// <summary>Who may read what of a report, and who has.</summary>
internal static class DisclosureCapability
{
    public static void AddDisclosure(this IServiceCollection services) => services.AddSingleton<AwaitedGrants>();

    public static void MapDisclosure(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("disclosure", "Who may read what of a report, and who has.");
        routes.MapReadReport();
        routes.MapReadAccesses();
    }
}
