using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{endpointId}/rotate-secret: the replaced secret signs beside the new one for a day, one replaced before that no more.</summary>
internal static class RotateSecret
{
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static void MapRotateSecret(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("{endpointId:guid}/rotate-secret", HandleAsync)
        .Records(LedgerActions.EndpointSecretRotated).Idempotent(sealsAnswer: true)
        .Problems(StatusCodes.Status409Conflict, "rotated-meanwhile").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("RotateSecret");

    /// <summary>Gives an endpoint a new secret. The replaced one signs beside it for a day, one replaced before that no more.</summary>
    private static async Task<Results<Ok<EndpointWithSecret>, ProblemHttpResult>> HandleAsync(Guid endpointId, Request request, NotificationDb db, Sealer sealer,
        TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Endpoints.Of(request.Caller, endpointId).SingleOrDefaultAsync(cancellation) is not { } endpoint)
            return Problem.NotFound("endpoint");
        var at = time.GetUtcNow();
        var earlier = await db.Secrets.Where(s => s.EndpointId == endpointId).ToListAsync(cancellation);
        var (secret, text) = await EndpointSecret.MakeAsync(sealer, endpointId, earlier.Select(s => s.Number).DefaultIfEmpty().Max() + 1, at, cancellation);
        foreach (var replaced in earlier)
        {
            if (replaced.SignsUntil is null)
            {
                replaced.SignsUntil = at + Overlap;
                request.Unit.Put(replaced);
            }
            else
            {
                request.Unit.Remove(replaced);
            }
        }
        request.Unit.Add(secret);
        request.Records(endpointId);
        var url = (await EndpointUrl.OpenAsync([endpoint], sealer, cancellation))[0];
        var answer = TypedResults.Ok(EndpointWithSecret.Of(endpoint, url, text));
        return await request.CommitAsync(answer, cancellation) is null
            ? answer
            : Problem.Conflict("rotated-meanwhile", "The secret was rotated by another request at the same moment. If that was not you, rotate again: POST /v1/endpoints/{endpointId}/rotate-secret, with a new Idempotency-Key.");
    }
}
