using SafeHarbor.Messaging.Replicas;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Protocol packs: how each county wants to be reached.</summary>
internal static class PacksCapability
{
    public static void AddPacks(this IServiceCollection services)
    {
        services.AddReplica<CountyDirectory>("county-directory");
        services.AddSingleton<HotlineAge>();
        services.AddHostedService<ContactsMeter>();
    }

    public static void MapPacks(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("counties", "Who the counties are, and how each wants to be reached.");
        routes.MapPublishPack();
        routes.MapReadCounties();
        routes.MapReadVersions();
    }
}
