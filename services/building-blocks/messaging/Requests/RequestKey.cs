using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Messaging.Requests;

/// <summary>
/// A request's <c>Idempotency-Key</c>, its owner's. Keys belong to an organization; where the answer holds a secret, to the very caller, and the answer is
/// kept sealed. What counts as the same request is method, path and what is understood of the body.
/// </summary>
internal sealed class RequestKey
{
    private const string SealedAnswer = "idempotency_keys.answer";

    private readonly EndpointFilterInvocationContext _call;
    private readonly RepetitionDeclaration _declared;
    private readonly string _key;

    private RequestKey(EndpointFilterInvocationContext call, RepetitionDeclaration declared, Request request, string key)
    {
        (_call, _declared, _key) = (call, declared, key);
        Owner = declared.SealsAnswer ? $"{request.Caller.Organization} {request.Caller.Subject}" : request.Caller.Organization.Text;
    }

    private string Owner { get; }

    private HttpContext Http => _call.HttpContext;

    private JsonSerializerOptions Json => Http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    /// <summary>The key of a request; null when it has none. Adds what is wrong with it.</summary>
    public static RequestKey? Of(EndpointFilterInvocationContext call, RepetitionDeclaration declared, Request request, ValidationErrors errors)
    {
        if (!call.HttpContext.Request.Headers.TryGetValue(IdempotencyKey.Header, out var values))
            return null;
        if (values is [{ Length: > 0 and <= IdempotencyKey.Longest } key] && key.All(c => c is >= ' ' and <= '~'))
            return new(call, declared, request, key);
        errors.AddParameter(IdempotencyKey.Header, "wrong-form", $"Give one key of 1 to {IdempotencyKey.Longest} printable ASCII characters, such as a new UUID.");
        return null;
    }

    public byte[] HashOfBody()
    {
        var type = Http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        var body = _call.Arguments.FirstOrDefault(argument => argument is not null && argument.GetType() == type);
        return IdempotencyKeys.HashOf(Http.Request.Method, Http.Request.Path, JsonSerializer.SerializeToUtf8Bytes(body, Json));
    }

    /// <summary>The row that keeps an answer.</summary>
    public async Task<IdempotencyKeyRow> RememberAsync(IResult answer, byte[] fingerprint, CancellationToken cancellation)
    {
        var value = (answer as IValueHttpResult)?.Value;
        var body = JsonSerializer.SerializeToUtf8Bytes(value, Json);
        return new()
        {
            Caller = Owner,
            KeyHash = IdempotencyKeys.KeyHash(Owner, _key),
            RequestHash = fingerprint,
            Status = (answer as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK,
            Location = (string?)answer.GetType().GetProperty("Location")?.GetValue(answer),
            ETag = value is IVersioned versioned ? Precondition.TagOf(versioned.Version) : null,
            Answer = _declared.SealsAnswer ? await SealAsync(body, cancellation) : Encoding.UTF8.GetString(body),
        };
    }

    /// <summary>The answer that the same request got under this key; a problem when it was another request; null when the key was not used.</summary>
    public async Task<IResult?> AnswerAsync(byte[] fingerprint, bool refuseOthers, CancellationToken cancellation)
    {
        var (earlier, isSame) = await Http.RequestServices.GetRequiredService<IdempotencyKeys>().FindAsync(Owner, _key, fingerprint, cancellation);
        if (earlier is null)
            return null;
        if (!isSame)
        {
            return refuseOthers ? Problem.Unprocessable("idempotency-key-reused",
                "This Idempotency-Key was used for another request. Send this one with a key of its own.") : null;
        }
        var answer = _declared.SealsAnswer ? await OpenAsync(earlier.Answer, cancellation) : earlier.Answer;
        Http.Response.Headers["Idempotent-Replayed"] = "true";
        Http.Response.Headers.Location = earlier.Location;
        Http.Response.Headers.ETag = earlier.ETag;
        return TypedResults.Text(answer, "application/json", Encoding.UTF8, earlier.Status);
    }

    private async Task<string> SealAsync(byte[] answer, CancellationToken cancellation)
    {
        var data = await Http.RequestServices.GetRequiredService<Sealer>().SealAsync(answer, SealedAnswer, Record, cancellation);
        CryptographicOperations.ZeroMemory(answer);
        return $"{Convert.ToBase64String(data.Ciphertext)} {Convert.ToBase64String(data.WrappedKey)}";
    }

    private async Task<string> OpenAsync(string kept, CancellationToken cancellation)
    {
        var parts = Array.ConvertAll(kept.Split(' '), Convert.FromBase64String);
        return Encoding.UTF8.GetString(await Http.RequestServices.GetRequiredService<Sealer>().OpenAsync(new(parts[0], parts[1]), SealedAnswer, Record, cancellation));
    }

    private Guid Record => DeterministicId.Of(Guid.Empty, $"{Owner} {_key}");
}
