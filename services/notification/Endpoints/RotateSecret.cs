using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{id}/rotate-secret: the replaced secret signs beside the new one for a day, one replaced before that no more.</summary>
internal static class RotateSecret
{
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static async Task<Results<Ok<EndpointWithSecret>, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, NotificationDb db, Store store,
        Sealer sealer, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Endpoints.Of(caller, id).SingleOrDefaultAsync(cancellation) is not { } endpoint)
            return Problem.NotFound("endpoint");
        var at = time.GetUtcNow();
        var earlier = await db.Secrets.Where(s => s.EndpointId == id).ToListAsync(cancellation);
        var (secret, text) = await EndpointSecret.MakeAsync(sealer, id, earlier.Select(s => s.Number).DefaultIfEmpty().Max() + 1, at, cancellation);
        var unit = new UnitOfWork();
        foreach (var replaced in earlier)
        {
            if (replaced.SignsUntil is null)
            {
                replaced.SignsUntil = at + Overlap;
                unit.Put(replaced);
            }
            else
            {
                unit.Remove(replaced);
            }
        }
        unit.Add(secret);
        unit.Add(LedgerEntry.By(caller, LedgerActions.EndpointSecretRotated, at, id));
        return await store.CommitAsync(unit, cancellation) is null
            ? TypedResults.Ok(new EndpointWithSecret(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.State, text, endpoint.CreatedAt))
            : Problem.Conflict("rotated-meanwhile", "The secret was rotated by another request at the same moment. Rotate again if that was not you.");
    }
}
