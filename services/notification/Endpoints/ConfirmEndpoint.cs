using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{endpointId}/confirm: somebody repeats a challenge in the place of an endpoint that cannot.</summary>
internal static class ConfirmEndpoint
{
    /// <summary>What the endpoint was asked to repeat.</summary>
    /// <param name="Challenge">The <c>data.challenge</c> of the last test that has arrived.</param>
    public sealed record EndpointConfirmation([Required, MaxLength(Endpoints.Challenge.Longest)] string? Challenge);

    public static void MapConfirmEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("{endpointId:guid}/confirm", HandleAsync)
        .Records(LedgerActions.EndpointConfirmed).Repeatable("An endpoint that is confirmed stays so.").Checks<EndpointConfirmation>(Check)
        .Problems(StatusCodes.Status409Conflict, "challenge-not-repeated").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("ConfirmEndpoint");

    private static ValidationErrors Check(EndpointConfirmation body, HttpContext http) => string.IsNullOrEmpty(body.Challenge)
        ? new ValidationErrors().Add("/challenge", "required", "Give data.challenge of the test that has arrived at the endpoint; POST /v1/endpoints/{endpointId}/test sends one.")
        : new ValidationErrors();

    /// <summary>Confirms an endpoint that has received a test and cannot answer with its challenge. Notices are sent there from now on.</summary>
    private static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> HandleAsync(Guid endpointId, EndpointConfirmation body, Request request, NotificationDb db, Sealer sealer, TimeProvider time,
        CancellationToken cancellation)
    {
        if (await db.Endpoints.Of(request.Caller, endpointId).SingleOrDefaultAsync(cancellation) is not { } endpoint)
            return Problem.NotFound("endpoint");
        var at = time.GetUtcNow();
        if (endpoint.ConfirmedAt is null && !(Fits(endpoint, body.Challenge!, at) && await endpoint.ConfirmAsync(request, db, at, cancellation)))
            return Problem.Conflict("challenge-not-repeated",
                "That is not what the last test has sent to the address that the endpoint has now, or it is older than a day. Send another test, with POST /v1/endpoints/{endpointId}/test, and repeat its data.challenge.");
        return await EndpointAnswer.ReadAsync(db.Endpoints.Of(request.Caller, endpointId), sealer, cancellation) is { } answer ? TypedResults.Ok(answer) : Problem.NotFound("endpoint");
    }

    private static bool Fits(WebhookEndpoint endpoint, string challenge, DateTimeOffset at) =>
        endpoint.ChallengeHash is { } hash && at - endpoint.ChallengedAt < Challenge.Lasts && CryptographicOperations.FixedTimeEquals(hash, Challenge.HashOf(challenge));
}
