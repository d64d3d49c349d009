using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>The application's endpoints, known from <c>UseServiceDefaults</c> on.</summary>
internal sealed class MappedEndpoints
{
    public IEndpointRouteBuilder? Routes { get; set; }
}

/// <summary>Deny by default, seen at the start: an endpoint that says nothing about its callers is a mistake, not a secret.</summary>
internal sealed class EndpointCheck(MappedEndpoints mapped) : IStartCheck
{
    public void Check()
    {
        if (mapped.Routes is null)
            throw new StartRefusedException("app.UseServiceDefaults() was not called: nothing would guard the endpoints.");

        var open = mapped.Routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ScopeRequirement>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.DisplayName ?? endpoint.RoutePattern.RawText)
            .ToList();
        if (open.Count > 0)
            throw new StartRefusedException($"Endpoints without RequireScope(...) or AllowAnonymous(): {string.Join("; ", open)}.");
    }
}
