using Microsoft.EntityFrameworkCore;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Where organizations want their notices.</summary>
internal static class EndpointsCapability
{
    public static void AddEndpoints(this IServiceCollection services) =>
        services.AddSingleton<Registrations>().AddScoped<EndpointChanges>().AddSingleton<SecretRewrapping>().AddHostedService(provider => provider.GetRequiredService<SecretRewrapping>());

    public static void MapEndpoints(this IEndpointRouteBuilder routes)
    {
        var endpoints = routes.Capability("endpoints", "Where an organization wants its notices: webhooks by Standard Webhooks 1.0.0.").MapGroup("/v1/endpoints").RequireScope("endpoints.manage");
        endpoints.MapRegisterEndpoint();
        endpoints.MapReadEndpoints();
        endpoints.MapChangeEndpoint();
        endpoints.MapRotateSecret();
        endpoints.MapTestEndpoint();
        endpoints.MapConfirmEndpoint();
        endpoints.MapRecoverEndpoint();
    }

    /// <summary>The caller's endpoint: others' do not exist for it.</summary>
    public static IQueryable<WebhookEndpoint> Of(this DbSet<WebhookEndpoint> endpoints, Caller caller, Guid? id = null)
    {
        var organization = caller.Organization;
        return endpoints.Where(e => e.Organization == organization && e.State != EndpointStates.Deleted && (id == null || e.Id == id));
    }
}
