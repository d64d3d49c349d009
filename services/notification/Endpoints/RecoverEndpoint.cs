using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{id}/recover: sends again what the endpoint has not taken since an instant, oldest first.</summary>
internal static class RecoverEndpoint
{
    private const int Most = 1000;

    public sealed record EndpointRecovery(DateTimeOffset? Since);

    /// <param name="Resent">How many notices are sent again.</param>
    /// <param name="More">Whether there are more: ask again once these are delivered.</param>
    public sealed record EndpointRecovered(int Resent, bool More);

    public static async Task<Results<Ok<EndpointRecovered>, ProblemHttpResult>> HandleAsync(Guid id, EndpointRecovery request, Caller caller, NotificationDb db,
        Resending resending, Store store, TimeProvider time, CancellationToken cancellation)
    {
        if (request.Since is not { } since)
            return new ValidationErrors().Add("/since", "required", "Say from when on, for example 2026-11-20T23:10:00-08:00.").ToProblem();
        if (await db.Endpoints.Of(caller, id).SingleOrDefaultAsync(cancellation) is not { } endpoint)
            return Problem.NotFound("endpoint");
        if (endpoint.State != EndpointStates.Enabled)
            return Problem.Conflict("endpoint-disabled", "The endpoint is disabled. Enable it first.");
        var from = since.ToUniversalTime();
        var missed = await db.Notices
            .Where(n => n.Organization == endpoint.Organization && n.RequestedAt >= from && n.Number != null)
            .Where(n => !db.Deliveries.Any(d => d.NoticeId == n.Id && d.EndpointId == id && d.State == DeliveryStates.Delivered))
            .OrderBy(n => n.Number).Select(n => n.Id).Take(Most + 1).ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.EndpointRecovered, time.GetUtcNow(), id, facts: new { since = from, count = Math.Min(missed.Count, Most) }), cancellation);
        foreach (var notice in missed.Take(Most))
            await resending.ResendAsync(caller, notice, [id], cancellation);
        return TypedResults.Ok(new EndpointRecovered(Math.Min(missed.Count, Most), missed.Count > Most));
    }
}
