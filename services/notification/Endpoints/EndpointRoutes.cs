using Microsoft.EntityFrameworkCore;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>An endpoint as its owner sees it.</summary>
internal sealed record EndpointAnswer(Guid Id, string Organization, string Url, string State, string? Reason, DateTimeOffset CreatedAt)
{
    public static EndpointAnswer Of(WebhookEndpoint endpoint) =>
        new(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.State, endpoint.Reason, endpoint.CreatedAt);
}

/// <summary>The same with a secret that is told now and never again.</summary>
internal sealed record EndpointWithSecret(Guid Id, string Organization, string Url, string State, string Secret, DateTimeOffset CreatedAt);

internal static class EndpointRoutes
{
    public static void MapEndpoints(this WebApplication app)
    {
        var endpoints = app.MapGroup("/v1/endpoints").RequireScope("endpoints.manage").WithTags("endpoints");
        endpoints.MapPost("", RegisterEndpoint.HandleAsync);
        endpoints.MapGet("", ReadEndpoints.AllAsync);
        endpoints.MapGet("{id:guid}", ReadEndpoints.OneAsync);
        endpoints.MapPatch("{id:guid}", ChangeEndpoint.PatchAsync);
        endpoints.MapDelete("{id:guid}", ChangeEndpoint.DeleteAsync);
        endpoints.MapPost("{id:guid}/enable", ChangeEndpoint.EnableAsync);
        endpoints.MapPost("{id:guid}/rotate-secret", RotateSecret.HandleAsync);
        endpoints.MapPost("{id:guid}/test", TestEndpoint.HandleAsync);
        endpoints.MapPost("{id:guid}/recover", RecoverEndpoint.HandleAsync);
    }

    /// <summary>The caller's endpoint: others' do not exist for it.</summary>
    public static IQueryable<WebhookEndpoint> Of(this DbSet<WebhookEndpoint> endpoints, Caller caller, Guid? id = null)
    {
        var organization = caller.Organization.Text;
        return endpoints.Where(e => e.Organization == organization && e.State != EndpointStates.Deleted && (id == null || e.Id == id));
    }
}
