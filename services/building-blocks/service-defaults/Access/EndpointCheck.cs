using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Endpoints;
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

        var endpoints = mapped.Routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).ToList();
        Refuse(endpoints, endpoint => endpoint.Metadata.GetMetadata<ScopeRequirement>() is null, "without RequireScope(...) or AllowAnonymous()");
        Refuse(endpoints, endpoint => endpoint.Metadata.GetMetadata<LedgerDeclaration>() is null, "without Records(...) or RecordsNothing(...)");
        Refuse(endpoints, endpoint => Takes(endpoint, "POST") && endpoint.Metadata.GetMetadata<RepetitionDeclaration>() is null, "without Idempotent() or Repeatable(...)");
        Refuse(endpoints, endpoint => Takes(endpoint, "PUT", "PATCH") && endpoint.Metadata.GetMetadata<ConditionDeclaration>() is null, "without Conditional() or Unconditional(...)");
        // The access table is held against the description.
        Refuse(endpoints, endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is { ExcludeFromDescription: true }, "that the OpenAPI document leaves out");
    }

    private static bool Takes(RouteEndpoint endpoint, params string[] methods) =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(methods.Contains) ?? true;

    private static void Refuse(IEnumerable<RouteEndpoint> endpoints, Func<RouteEndpoint, bool> isWrong, string what)
    {
        var wrong = endpoints.Where(isWrong).Select(endpoint => endpoint.DisplayName ?? endpoint.RoutePattern.RawText).ToList();
        if (wrong.Count > 0)
            throw new StartRefusedException($"Endpoints {what}: {string.Join("; ", wrong)}.");
    }
}
