using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{endpointId}/recover: sends again what the endpoint has not taken since an instant, oldest first.</summary>
internal static class RecoverEndpoint
{
    /// <summary>How many notices are sent again at once.</summary>
    internal const int Most = 1000;

    /// <summary>What an endpoint has missed.</summary>
    /// <param name="Since">From when on.</param>
    public sealed record EndpointRecovery([Required] DateTimeOffset? Since);

    /// <summary>What was found.</summary>
    /// <param name="Resent">How many notices are sent again.</param>
    /// <param name="More">Whether there are more: ask again once these are delivered.</param>
    public sealed record EndpointRecovered(int Resent, bool More);

    public static void MapRecoverEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("{endpointId:guid}/recover", HandleAsync)
        .Records(LedgerActions.EndpointRecovered).Repeatable("What is sent again has the same webhook-id.").Checks<EndpointRecovery>(Check)
        .Problems(StatusCodes.Status409Conflict, "endpoint-disabled").WithName("RecoverEndpoint");

    private static ValidationErrors Check(EndpointRecovery body, HttpContext http) =>
        body.Since is null ? new ValidationErrors().Add("/since", "required", "Say from when on, for example 2026-11-20T23:10:00-08:00.")
            : new ValidationErrors().AddImplausible("/since", body.Since, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());

    /// <summary>Sends again what an endpoint has not taken since an instant, the oldest first, at most 1000 notices.</summary>
    private static async Task<Results<Ok<EndpointRecovered>, ProblemHttpResult>> HandleAsync(Guid endpointId, EndpointRecovery body, Request request, NotificationDb db,
        Resending resending, CancellationToken cancellation)
    {
        var caller = request.Caller;
        if (await db.Endpoints.Of(caller, endpointId).SingleOrDefaultAsync(cancellation) is not { } endpoint)
            return Problem.NotFound("endpoint");
        if (endpoint.State != EndpointStates.Enabled)
            return Problem.Conflict("endpoint-disabled", endpoint.State == EndpointStates.Testing
                ? "The endpoint has not repeated a challenge yet. Test it first, with POST /v1/endpoints/{endpointId}/test."
                : "The endpoint is disabled. Enable it first, with POST /v1/endpoints/{endpointId}/enable.");
        var from = body.Since!.Value.ToUniversalTime();
        var missed = await db.Notices
            .Where(n => n.Organization == endpoint.Organization && n.RequestedAt >= from && n.Number != null)
            .Where(n => !db.Deliveries.Any(d => d.NoticeId == n.Id && d.EndpointId == endpointId && d.State == DeliveryStates.Delivered))
            .OrderBy(n => n.Number).Select(n => n.Id).Take(Most + 1).ToListAsync(cancellation);
        request.Records(endpointId, facts: new { since = from, count = Math.Min(missed.Count, Most) });
        foreach (var notice in missed.Take(Most))
            await resending.ResendAsync(caller, notice, [endpointId], cancellation);
        return TypedResults.Ok(new EndpointRecovered(Math.Min(missed.Count, Most), missed.Count > Most));
    }
}
