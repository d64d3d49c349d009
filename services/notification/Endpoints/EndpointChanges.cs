using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Changes an endpoint as its owner wants it, unless it was changed since they have seen it.</summary>
internal sealed class EndpointChanges(NotificationDb db, PendingDeliveries pending, WebhookClient client, Sealer sealer, TimeProvider time)
{
    /// <summary>What is pending for it is attempted, or given up, at once.</summary>
    public Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> ChangeAsync(Guid id, ChangeEndpoint.EndpointChange change, Precondition condition, Request request, CancellationToken cancellation) =>
        Precondition.UntilAnsweredAsync(() => TryChangeAsync(id, change, condition, request, cancellation));

    private async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>?> TryChangeAsync(Guid id, ChangeEndpoint.EndpointChange change, Precondition condition, Request request, CancellationToken cancellation)
    {
        if (await SigningEndpoint.ReadAsync(db, request.Caller, id, time.GetUtcNow(), cancellation) is not var (endpoint, signing))
            return Problem.NotFound("endpoint");
        var version = endpoint.Version;
        if (!condition.Admits(version))
            return condition.Failed("endpoint");
        if (change.Url is not null)
        {
            endpoint.Url = await EndpointUrl.SealAsync(change.Url, id, sealer, cancellation);
            if (endpoint.ConfirmedAt is not null && !(await client.ChallengeAsync(signing with { Url = endpoint.Url }, Challenge.Make(), cancellation)).IsRepeated)
                return Problem.Conflict("challenge-not-repeated",
                    "The new address has not repeated the challenge of a test, so that nothing was changed and notices go on to the old one. Let it answer {\"challenge\": data.challenge}, or register it with POST /v1/endpoints, confirm it, and delete this one.");
        }
        if (change.State is not null)
            (endpoint.State, endpoint.Reason) = (change.State == EndpointStates.Enabled ? endpoint.Wanted : change.State, null);
        endpoint.Version++;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Endpoints.Of(request.Caller, id).Where(e => e.Version == version).ExecuteUpdateAsync(row =>
            {
                row.SetProperty(e => e.State, endpoint.State).SetProperty(e => e.Reason, endpoint.Reason).SetProperty(e => e.Version, endpoint.Version);
                // Only with a new address: the old one's key may be wrapped anew meanwhile, and a test may be under way. What was sent to it confirms no other.
                if (change.Url is not null)
                    row.SetProperty(e => e.UrlCiphertext, endpoint.UrlCiphertext).SetProperty(e => e.UrlWrappedKey, endpoint.UrlWrappedKey).SetProperty(e => e.ChallengeHash, (byte[]?)null);
            }, cancellation) == 0)
            return null;
        request.Records(id, facts: new { url = change.Url is not null, state = change.State });
        await request.CommitWithAsync(db, cancellation);
        await pending.HastenAsync(id, cancellation);
        return TypedResults.Ok(EndpointAnswer.Of(endpoint, change.Url ?? (await EndpointUrl.OpenAsync([endpoint], sealer, cancellation))[0]));
    }
}
