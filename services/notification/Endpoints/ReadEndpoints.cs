using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>GET /v1/endpoints and /v1/endpoints/{id}.</summary>
internal static class ReadEndpoints
{
    public sealed record EndpointList(IReadOnlyList<EndpointAnswer> Items);

    public static async Task<Ok<EndpointList>> AllAsync(Caller caller, NotificationDb db, CancellationToken cancellation) =>
        TypedResults.Ok(new EndpointList([.. (await db.Endpoints.Of(caller).OrderBy(e => e.Id).ToListAsync(cancellation)).Select(EndpointAnswer.Of)]));

    public static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> OneAsync(Guid id, Caller caller, NotificationDb db, HttpResponse response,
        CancellationToken cancellation)
    {
        if (await db.Endpoints.Of(caller, id).SingleOrDefaultAsync(cancellation) is not { } endpoint)
            return Problem.NotFound("endpoint");
        response.Headers.ETag = $"\"{endpoint.Version}\"";
        return TypedResults.Ok(EndpointAnswer.Of(endpoint));
    }
}
