using SafeHarbor.Messaging.Replicas;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>The directory of providers: who does what for which county, and how many places are free.</summary>
internal static class ProvidersCapability
{
    public static void AddProviders(this IServiceCollection services)
    {
        services.AddReplica<ProviderDirectory>("provider-directory");
    }

    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("providers", "The directory of providers: who does what for which county, and how many places are free.");
        routes.MapReadProviders();
        routes.MapWriteProvider();
        routes.MapReportCapacity();
    }
}
