using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{endpointId}/test: sends a signed test event with a challenge now, whatever the endpoint's state, and says what came back.</summary>
internal static class TestEndpoint
{
    /// <summary>What came of a test.</summary>
    /// <param name="Delivered">The endpoint has taken it.</param>
    /// <param name="Repeated">Its answer was a success and repeated the challenge: <c>{"challenge": "…"}</c> with what <c>data.challenge</c> said.</param>
    /// <param name="State">Whether the endpoint gets notices now.</param>
    /// <param name="Status">HTTP status of its answer; null when there was none.</param>
    /// <param name="Error">Why there was none; null when there was one.</param>
    /// <param name="Milliseconds">How long it took.</param>
    public sealed record EndpointTested(bool Delivered, bool Repeated, [CodeOf(typeof(EndpointStates), Except = [EndpointStates.Deleted])] string State, int? Status,
        [CodeOf(typeof(AttemptErrors))] string? Error, int Milliseconds);

    public static void MapTestEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("{endpointId:guid}/test", HandleAsync)
        .Records(LedgerActions.EndpointConfirmed).Repeatable("Each test is one of its own, and an endpoint that is confirmed stays so.").WithName("TestEndpoint");

    /// <summary>Sends a signed test event with a challenge to an endpoint now, whatever its state, and says what came back. An endpoint in TESTING that repeats the challenge is ENABLED.</summary>
    private static async Task<Results<Ok<EndpointTested>, ProblemHttpResult>> HandleAsync(Guid endpointId, Request request, NotificationDb db, WebhookClient client,
        TimeProvider time, CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        if (await SigningEndpoint.ReadAsync(db, request.Caller, endpointId, at, cancellation) is not var (endpoint, signing))
            return Problem.NotFound("endpoint");
        var challenge = Challenge.Make();
        // Before it is sent: whoever sees it arrive can repeat it at once.
        if (endpoint.ConfirmedAt is null)
            await endpoint.RememberAsync(challenge, request.Caller, db, at, cancellation);
        var (result, isRepeated) = await client.ChallengeAsync(signing, challenge, cancellation);
        if (isRepeated && endpoint.ConfirmedAt is null)
            await endpoint.ConfirmAsync(request, db, at, cancellation);
        // As it is now: its owner may have changed it while it was asked.
        if (await db.Endpoints.Of(request.Caller, endpointId).Select(e => e.State).SingleOrDefaultAsync(cancellation) is not { } state)
            return Problem.NotFound("endpoint");
        return TypedResults.Ok(new EndpointTested(result.IsDelivered, isRepeated, state, result.Status, result.Error, (int)result.Duration.TotalMilliseconds));
    }
}
