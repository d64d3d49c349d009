namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Protocol packs: how each county wants to be reached.</summary>
internal static class PacksCapability
{
    private static readonly string[] Ready = ["ready"];

    public static void AddPacks(this IServiceCollection services)
    {
        services.AddSingleton<CountyDirectory>();
        services.AddHostedService<DirectoryLoader>();
        services.AddHealthChecks().AddCheck<DirectoryHealth>("county-directory", tags: Ready);
    }

    public static void MapPacks(this IEndpointRouteBuilder routes) => routes.MapReadCounties();
}
