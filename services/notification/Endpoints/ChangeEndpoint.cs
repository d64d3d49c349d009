using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>PATCH and DELETE /v1/endpoints/{id}, POST …/enable. What is still pending for the endpoint is attempted, or given up, at once.</summary>
internal static class ChangeEndpoint
{
    private static readonly string[] States = [EndpointStates.Enabled, EndpointStates.Disabled];

    public sealed record EndpointChange(string? Url, string? State);

    public static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> PatchAsync(Guid id, EndpointChange request, Caller caller,
        [FromHeader(Name = "If-Match")] string? ifMatch, NotificationDb db, Claims claims, Wakeup wakeup, Destinations destinations,
        TimeProvider time, HttpResponse response, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        if (request.Url is not null)
            EndpointUrl.Check(request.Url, destinations, errors);
        if (request.State is not null && !States.Contains(request.State))
            errors.Add("/state", "unknown-code", $"Must be one of {string.Join(", ", States)}.");
        if (errors.Any)
            return errors.ToProblem();
        var (url, state) = (request.Url, request.State);
        var version = ifMatch is null or "*" ? (int?)null : int.TryParse(ifMatch.Trim('"'), out var number) ? number : 0;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var changed = await db.Endpoints.Of(caller, id).Where(e => version == null || e.Version == version).ExecuteUpdateAsync(
            row => row
                .SetProperty(e => e.Url, e => url ?? e.Url)
                .SetProperty(e => e.State, e => state ?? e.State)
                .SetProperty(e => e.Reason, e => state == null ? e.Reason : null)
                .SetProperty(e => e.Version, e => e.Version + 1),
            cancellation);
        if (changed == 0 && version is not null && await db.Endpoints.Of(caller, id).AnyAsync(cancellation))
            return Problem.PreconditionFailed("The endpoint was changed meanwhile. Read it again and repeat the change with its new ETag.");
        if (changed > 0)
        {
            db.Add(LedgerEntry.By(caller, LedgerActions.EndpointChanged, time.GetUtcNow(), id, facts: new { url = url is not null, state }));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            await PassOnAsync(id, claims, wakeup, cancellation);
        }
        return await ReadEndpoints.OneAsync(id, caller, db, response, cancellation);
    }

    public static Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> EnableAsync(Guid id, Caller caller, NotificationDb db, Claims claims, Wakeup wakeup,
        Destinations destinations, TimeProvider time, HttpResponse response, CancellationToken cancellation) =>
        PatchAsync(id, new(null, EndpointStates.Enabled), caller, null, db, claims, wakeup, destinations, time, response, cancellation);

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, Caller caller, NotificationDb db, Claims claims, Wakeup wakeup,
        TimeProvider time, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var deleted = await db.Endpoints.Of(caller, id).ExecuteUpdateAsync(
            row => row.SetProperty(e => e.State, EndpointStates.Deleted).SetProperty(e => e.Version, e => e.Version + 1), cancellation);
        if (deleted == 0)
            return Problem.NotFound("endpoint");
        await db.Secrets.Where(s => s.EndpointId == id).ExecuteDeleteAsync(cancellation);
        db.Add(LedgerEntry.By(caller, LedgerActions.EndpointDeleted, time.GetUtcNow(), id));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        await PassOnAsync(id, claims, wakeup, cancellation);
        return TypedResults.NoContent();
    }

    private static async Task PassOnAsync(Guid id, Claims claims, Wakeup wakeup, CancellationToken cancellation)
    {
        await claims.HastenAsync(id, cancellation);
        wakeup.Ring();
    }
}
