using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>The problem behind a bare status code, which the framework sets where none of our code has run.</summary>
internal static class StatusProblem
{
    public static ProblemHttpResult For(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.Of(
            status,
            "unauthenticated",
            "Get a token from the identity provider of this installation and send it as 'Authorization: Bearer …'. A token that was sent is not valid here or not any more."),
        StatusCodes.Status403Forbidden => Problem.Of(status, "forbidden", Asked(context)),
        StatusCodes.Status404NotFound when context.GetEndpoint() is RouteEndpoint => Problem.NotFound("resource"),
        StatusCodes.Status404NotFound => Problem.Of(status, "no-such-route", "There is nothing at this path. /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(status, "method-not-allowed", "Use one of the methods in the Allow header."),
        StatusCodes.Status408RequestTimeout => Problem.Of(status, "request-timeout", "The request came too slowly. Send it again."),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(status, "body-too-large", "The body is larger than is taken here (1 MiB unless documented). Send less at once."),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(
            status, "unsupported-media-type", "Send JSON in UTF-8, without Content-Encoding, as 'Content-Type: application/json'."),
        StatusCodes.Status429TooManyRequests => Problem.Of(status, "too-many-requests", "Wait as long as the Retry-After header says and send it again."),
        StatusCodes.Status503ServiceUnavailable => Problem.Of(
            status, "unavailable", "The service cannot do this for the moment. Send the same request again, with the same Idempotency-Key, in a few seconds."),
        >= StatusCodes.Status500InternalServerError => Problem.Of(
            status,
            "internal-error",
            "The service failed. Send the same request again, with the same Idempotency-Key; if it fails again, give the traceId to the operator."),
        _ => Problem.Of(status, "bad-request", "The request cannot be read. Compare it with /openapi/v1.json."),
    };

    private static string Asked(HttpContext context)
    {
        var demands = context.GetEndpoint()?.Metadata.GetOrderedMetadata<ScopeRequirement>() ?? [];
        var scopes = string.Join(" or ", ScopeRequirement.ScopesOf(demands).Select(set => $"'{string.Join(' ', set)}'"));
        var state = context.RequestServices.GetRequiredService<State>().Organization.Text;
        var kinds = demands.Where(demand => demand.Kinds.Count > 0)
            .Select(demand => string.Join(" or ", demand.Kinds.Select(kind => kind == Organization.State ? state : kind))).Distinct().ToList();
        return $"The token must carry the scope {scopes} and an 'org' claim"
            + (kinds.Count > 0 ? $" of the kind {string.Join(" and ", kinds)}" : $" (le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS> or {state})")
            + ". Ask whoever administers your organization's access for such a token.";
    }
}
