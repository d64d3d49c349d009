namespace SafeHarbor.CaseServices.Providers;

/// <summary>The directory of providers: who does what for which county, and how many places are free.</summary>
internal static class ProvidersCapability
{
    private static readonly string[] Ready = ["ready"];

    public static void AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<ProviderDirectory>();
        services.AddSingleton<SampleProviders>();
        services.AddHostedService<DirectoryReloading>();
        services.AddHealthChecks().AddCheck<DirectoryHealth>("provider-directory", tags: Ready);
    }

    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes.MapReadProviders();
        routes.MapWriteProvider();
        routes.MapReportCapacity();
    }
}
