using SafeHarbor.ServiceDefaults.Comparing;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>The map of the state's counties, and what follows from it.</summary>
internal static class JurisdictionCapability
{
    public static void AddJurisdiction(this IServiceCollection services)
    {
        services.AddSingleton(provider => MapFile.Read(provider.GetRequiredService<State>()));
        services.AddStartCheck<CanonicalTextCheck>();
        services.AddStartCheck<PlacesCheck>();
    }
}
