using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Limits;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>The problem behind a bare status code, which the framework sets where none of our code has run.</summary>
internal static class StatusProblem
{
    public static ProblemHttpResult For(HttpContext context, int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.Of(status, "unauthenticated", Wanted(context.Features.Get<RefusedToken>())),
        StatusCodes.Status403Forbidden => Problem.Of(status, "forbidden", RefusedCaller.Of(context).Detail),
        StatusCodes.Status404NotFound when context.GetEndpoint() is RouteEndpoint => Problem.NotFound("resource"),
        StatusCodes.Status404NotFound => Problem.Of(status, "no-such-route", "There is nothing at this path. /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => Problem.Of(status, "method-not-allowed", "Use one of the methods in the Allow header."),
        StatusCodes.Status408RequestTimeout => Problem.Of(status, "request-timeout", "The request came too slowly. Send it again."),
        StatusCodes.Status413PayloadTooLarge => Problem.Of(status, "body-too-large", "The body is larger than is taken here (1 MiB unless documented). Send less at once."),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of(
            status, "unsupported-media-type", "Send JSON in UTF-8, without Content-Encoding, as 'Content-Type: application/json'."),
        StatusCodes.Status429TooManyRequests => Problem.Of(
            status, "too-many-requests", (context.Features.Get<RefusedRequest>() is { } refused ? $"{refused.Detail}. " : "") + "Wait as long as the Retry-After header says and send it again."),
        StatusCodes.Status503ServiceUnavailable => Problem.Of(
            status, "unavailable", "The service cannot do this for the moment. Send the same request again, with the same Idempotency-Key, in a few seconds."),
        >= StatusCodes.Status500InternalServerError => Problem.Of(
            status,
            "internal-error",
            "The service failed. Send the same request again, with the same Idempotency-Key; if it fails again, give the traceId to the operator."),
        _ => Problem.Of(status, "bad-request", "The request cannot be read. Compare it with /openapi/v1.json."),
    };

    private static string Wanted(RefusedToken? refused) =>
        (refused is null ? "" : $"{refused.Why ?? "The token is not valid here or not now"}. ")
        + "Get a token from the identity provider of this installation and send it as 'Authorization: Bearer …'.";
}
