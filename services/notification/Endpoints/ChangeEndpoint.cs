using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>PATCH and DELETE /v1/endpoints/{endpointId}, POST …/enable. What is still pending for the endpoint is attempted, or given up, at once.</summary>
internal static class ChangeEndpoint
{
    private static readonly string[] States = [EndpointStates.Enabled, EndpointStates.Disabled];

    /// <summary>What is to be different; what is left out stays.</summary>
    /// <param name="Url">Where it takes notices from now on: an absolute https address. Where it has taken notices before, the new one must repeat a challenge, and until then the old one stays.</param>
    /// <param name="State">Whether it gets notices.</param>
    public sealed record EndpointChange([Url, MaxLength(EndpointUrl.Longest)] string? Url, [CodeOf(typeof(EndpointStates), Except = [EndpointStates.Testing, EndpointStates.Deleted])] string? State);

    public static void MapChangeEndpoint(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPatch("{endpointId:guid}", PatchAsync).Records(LedgerActions.EndpointChanged).Conditional().Checks<EndpointChange>(Check)
            .Problems(StatusCodes.Status409Conflict, "challenge-not-repeated").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("ChangeEndpoint");
        endpoints.MapDelete("{endpointId:guid}", DeleteAsync).Records(LedgerActions.EndpointDeleted).WithName("DeleteEndpoint");
        endpoints.MapPost("{endpointId:guid}/enable", EnableAsync).Records(LedgerActions.EndpointChanged).Repeatable("An endpoint that is enabled stays so.")
            .Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("EnableEndpoint");
    }

    private static ValidationErrors Check(EndpointChange body, HttpContext http)
    {
        var errors = new ValidationErrors();
        if (body.Url is not null)
            EndpointUrl.Check(body.Url, http.RequestServices.GetRequiredService<Destinations>(), errors);
        if (body.State is not null && !States.Contains(body.State))
            errors.AddUnknownCode("/state", body.State, States);
        return errors;
    }

    /// <summary>Changes where an endpoint is, or whether it gets notices. What is pending for it is attempted, or given up, at once.</summary>
    private static Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> PatchAsync(Guid endpointId, EndpointChange body, Precondition condition, Request request, EndpointChanges changes,
        CancellationToken cancellation) => changes.ChangeAsync(endpointId, body, condition, request, cancellation);

    /// <summary>Enables an endpoint again; one that has never repeated a challenge goes back to TESTING. What is pending for it is attempted at once.</summary>
    private static Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> EnableAsync(Guid endpointId, Precondition condition, Request request, EndpointChanges changes,
        CancellationToken cancellation) => changes.ChangeAsync(endpointId, new(null, EndpointStates.Enabled), condition, request, cancellation);

    /// <summary>Deletes an endpoint with its secrets. What is pending for it is given up.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid endpointId, Request request, NotificationDb db, PendingDeliveries pending,
        CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var deleted = await db.Endpoints.Of(request.Caller, endpointId).ExecuteUpdateAsync(
            row => row.SetProperty(e => e.State, EndpointStates.Deleted).SetProperty(e => e.Version, e => e.Version + 1), cancellation);
        if (deleted == 0)
            return Problem.NotFound("endpoint");
        await db.Secrets.Where(s => s.EndpointId == endpointId).ExecuteDeleteAsync(cancellation);
        request.Records(endpointId);
        await request.CommitWithAsync(db, cancellation);
        await pending.HastenAsync(endpointId, cancellation);
        return TypedResults.NoContent();
    }
}
