using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints.</summary>
internal static class RegisterEndpoint
{
    private const int LongestKey = 255;
    private const string Purpose = "endpoint-registered";

    public sealed record EndpointRegistration(string? Url, string? Organization);

    public static async Task<Results<Created<EndpointWithSecret>, ProblemHttpResult>> HandleAsync(EndpointRegistration request, Caller caller,
        [FromHeader(Name = "Idempotency-Key")] string? key, Store store, IdempotencyKeys keys, Sealer sealer, Destinations destinations,
        TimeProvider time, CancellationToken cancellation)
    {
        if (Validate(request, caller, key, destinations) is { Any: true } errors)
            return errors.ToProblem();
        var hash = IdempotencyKeys.HashOf("POST", "/v1/endpoints", JsonSerializer.SerializeToUtf8Bytes(request));
        var who = $"{caller.Organization.Text} {caller.Subject}";
        while (true)
        {
            if (key is not null && await keys.FindAsync(who, key, hash, cancellation) is { Answer: { } earlier, SameRequest: var same })
                return same ? Created(await OpenAsync(sealer, earlier.Answer, cancellation)) : Problem.Unprocessable("idempotency-key-reused",
                    "This Idempotency-Key was used for another request. Send this one with a key of its own.");
            var at = time.GetUtcNow();
            var endpoint = new WebhookEndpoint { Id = Guid.CreateVersion7(at), Organization = caller.Organization.Text, Url = request.Url!, CreatedAt = at };
            var (secret, text) = await EndpointSecret.MakeAsync(sealer, endpoint.Id, 1, at, cancellation);
            var answer = new EndpointWithSecret(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.State, text, at);
            var unit = new UnitOfWork();
            unit.Add(endpoint);
            unit.Add(secret);
            unit.Add(LedgerEntry.By(caller, LedgerActions.EndpointRegistered, at, endpoint.Id));
            if (key is not null)
                IdempotencyKeys.Remember(unit, who, key, hash, StatusCodes.Status201Created, null, await SealAsync(sealer, answer, cancellation));
            if (await store.CommitAsync(unit, cancellation) is null)
                return Created(answer);
        }
    }

    private static ValidationErrors Validate(EndpointRegistration request, Caller caller, string? key, Destinations destinations)
    {
        var errors = new ValidationErrors();
        EndpointUrl.Check(request.Url, destinations, errors);
        if (request.Organization is { } organization && organization != caller.Organization.Text)
            errors.Add("/organization", "not-yours", "An endpoint belongs to the organization of the token. Leave this out, or use a token of that organization.");
        if (key is { Length: 0 or > LongestKey })
            errors.AddParameter("Idempotency-Key", "out-of-range", $"Must have 1 to {LongestKey} characters.");
        return errors;
    }

    private static Created<EndpointWithSecret> Created(EndpointWithSecret answer) => TypedResults.Created($"/v1/endpoints/{answer.Id}", answer);

    // The answer holds the secret, so it is kept sealed.
    private static async Task<string> SealAsync(Sealer sealer, EndpointWithSecret answer, CancellationToken cancellation)
    {
        var data = await sealer.SealAsync(JsonSerializer.SerializeToUtf8Bytes(answer), Purpose, answer.Id, cancellation);
        return $"{answer.Id} {Convert.ToBase64String(data.Ciphertext)} {Convert.ToBase64String(data.WrappedKey)}";
    }

    private static async Task<EndpointWithSecret> OpenAsync(Sealer sealer, string kept, CancellationToken cancellation)
    {
        var parts = kept.Split(' ');
        var plain = await sealer.OpenAsync(new(Convert.FromBase64String(parts[1]), Convert.FromBase64String(parts[2])), Purpose, Guid.Parse(parts[0]), cancellation);
        return JsonSerializer.Deserialize<EndpointWithSecret>(plain)!;
    }
}
