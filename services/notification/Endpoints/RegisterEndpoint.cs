using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints.</summary>
internal static class RegisterEndpoint
{
    /// <summary>Where an organization wants its notices.</summary>
    /// <param name="Url">An absolute https address on the public internet, without user, password or fragment.</param>
    /// <param name="Organization">The organization of the token; it may be left out.</param>
    /// <param name="Duty">Whose it is, when only what is for that duty is to come here, such as the steps of a ladder that wake a supervisor; left out for everything else.</param>
    public sealed record EndpointRegistration([Required, Url, MaxLength(EndpointUrl.Longest)] string? Url, [MaxLength(Contracts.Organization.Longest)] string? Organization, [CodeOf(typeof(Duties))] string? Duty = null);

    public static void MapRegisterEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("", HandleAsync)
        .Records(LedgerActions.EndpointRegistered).Idempotent(sealsAnswer: true).Checks<EndpointRegistration>(Check).Problems(StatusCodes.Status409Conflict, "too-many-endpoints")
        .Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("RegisterEndpoint");

    /// <summary>Registers a webhook endpoint of the organization. The answer holds the secret that signs its notices: it is told now and never again. Nothing is sent there until it has repeated the challenge of a test.</summary>
    private static async Task<Results<Created<EndpointWithSecret>, ProblemHttpResult>> HandleAsync(EndpointRegistration body, Request request, NotificationDb db, Registrations registrations,
        IOptions<DeliverySettings> settings, Sealer sealer, TimeProvider time, CancellationToken cancellation)
    {
        using var turn = await registrations.WaitForTurnAsync(request.Caller.Organization, cancellation);
        var most = settings.Value.EndpointsPerOrganization;
        if (await db.Endpoints.Of(request.Caller).CountAsync(cancellation) >= most)
            return Problem.Conflict("too-many-endpoints", $"Your organization has {most} endpoints, which is as many as it may have. Delete one that you do not need, with DELETE /v1/endpoints/{{endpointId}}.");
        var at = time.GetUtcNow();
        var endpoint = new WebhookEndpoint { Id = Guid.CreateVersion7(at), Organization = request.Caller.Organization, Duty = body.Duty, CreatedAt = at };
        endpoint.Url = await EndpointUrl.SealAsync(body.Url!, endpoint.Id, sealer, cancellation);
        var (secret, text) = await EndpointSecret.MakeAsync(sealer, endpoint.Id, 1, at, cancellation);
        var answer = TypedResults.Created($"/v1/endpoints/{endpoint.Id}", EndpointWithSecret.Of(endpoint, body.Url!, text));
        request.Unit.Add(endpoint);
        request.Unit.Add(secret);
        request.Records(endpoint.Id);
        return await request.CommitAsync(answer, cancellation) is null ? answer : Problem.StillRunning();
    }

    private static ValidationErrors Check(EndpointRegistration body, HttpContext http)
    {
        var errors = new ValidationErrors();
        EndpointUrl.Check(body.Url, http.RequestServices.GetRequiredService<Destinations>(), errors);
        if (body.Organization is { } text && !(Organization.TryParse(text, out var organization) && organization == Caller.From(http.User).Organization))
            errors.Add("/organization", "not-yours", "An endpoint belongs to the organization of the token. Leave this out, or use a token of that organization.");
        if (body.Duty is not null && !Duties.All.Contains(body.Duty))
            errors.AddUnknownCode("/duty", body.Duty, Duties.All);
        return errors;
    }
}
