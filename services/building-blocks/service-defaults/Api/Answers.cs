using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What an operation answers: what its handler's type says, and the problems that follow from its declarations.</summary>
internal sealed class Answers(OpenApiDocument document, Schemas schemas, XmlDocumentation comments)
{
    /// <summary>The names of the problems that an answer may be; a problem's <c>type</c> ends with its name.</summary>
    private const string Problems = "x-problems";

    private readonly SortedDictionary<string, IOpenApiResponse> _named = new(StringComparer.Ordinal);

    /// <summary>The problems that several operations answer with, in the order of their names.</summary>
    public IDictionary<string, IOpenApiResponse> Named => new Dictionary<string, IOpenApiResponse>(_named);

    public void Describe(OpenApiOperation operation, ApiDescription endpoint, HttpMethod method)
    {
        operation.Responses = [];
        foreach (var answer in endpoint.SupportedResponseTypes.OrderBy(answer => answer.StatusCode))
            operation.Responses[$"{answer.StatusCode}"] = Success(answer.StatusCode, answer.Type, operation, endpoint, method);
        foreach (var problem in ProblemsOf(endpoint, operation).GroupBy(problem => problem.Status).OrderBy(status => status.Key))
            operation.Responses[$"{problem.Key}"] = ProblemOf(problem.Key, [.. problem.Select(p => p.Name).Distinct()]);
    }

    private OpenApiResponse Success(int status, Type? type, OpenApiOperation operation, ApiDescription endpoint, HttpMethod method)
    {
        var response = new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(status), Headers = new Dictionary<string, IOpenApiHeader>() };
        if (type is not null && type != typeof(void))
        {
            response.Description = comments.Of(type) ?? response.Description;
            response.Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schemas.Given(type), Example = ExampleOf(operation, endpoint, type) } };
        }
        if (type?.IsAssignableTo(typeof(IVersioned)) == true)
            response.Headers["ETag"] = Header("The version, for `If-Match`.");
        // What a creation finds made is told where it is, too.
        if (status is StatusCodes.Status201Created or StatusCodes.Status202Accepted || method == HttpMethod.Post && operation.Responses!.Count == 0
            && endpoint.SupportedResponseTypes.Any(other => other.StatusCode == StatusCodes.Status201Created))
            response.Headers["Location"] = Header("Path of what was made or asked for.");
        if (operation.Parameters?.Any(p => p.Name == "Prefer") == true)
        {
            response.Headers["Preference-Applied"] = Header("The preferences of `Prefer` that were followed.");
            response.Headers[IgnoredMembers.Header] = Header("With `handling=lenient`, JSON Pointers to the members of the body that are not known and were ignored (a list, RFC 9651).");
        }
        if (operation.Parameters?.Any(p => p.Name == IdempotencyKey.Header) == true)
            response.Headers["Idempotent-Replayed"] = Header("`true` when this is the answer that the same request got before, under its key.");
        return response;
    }

    private static JsonNode? ExampleOf(OpenApiOperation operation, ApiDescription endpoint, Type type) =>
        Examples.Of($"{operation.OperationId}.answer.json", [ApiDocument.Declared<MethodInfo>(endpoint).FirstOrDefault()?.DeclaringType, type]);

    private static IEnumerable<(int Status, string Name)> ProblemsOf(ApiDescription endpoint, OpenApiOperation operation)
    {
        var hasBody = operation.RequestBody is not null;
        // Also where no parameter is taken: one that is not known is refused.
        yield return (StatusCodes.Status400BadRequest, "validation");
        yield return (StatusCodes.Status401Unauthorized, "unauthenticated");
        yield return (StatusCodes.Status403Forbidden, "forbidden");
        if (operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true)
            yield return (StatusCodes.Status404NotFound, "not-found");
        if (operation.Parameters?.Any(p => p.Name == "If-Match") == true)
            yield return (StatusCodes.Status412PreconditionFailed, "precondition-failed");
        if (operation.Parameters?.Any(p => p is { Name: "If-Match", Required: true }) == true)
            yield return (StatusCodes.Status428PreconditionRequired, "precondition-required");
        if (hasBody)
        {
            yield return (StatusCodes.Status413PayloadTooLarge, "body-too-large");
            yield return (StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type");
        }
        if (operation.Parameters?.Any(p => p.Name == IdempotencyKey.Header) == true)
        {
            yield return (StatusCodes.Status409Conflict, "still-running");
            yield return (StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused");
        }
        yield return (StatusCodes.Status429TooManyRequests, "too-many-requests");
        yield return (StatusCodes.Status500InternalServerError, "internal-error");
        yield return (StatusCodes.Status503ServiceUnavailable, "unavailable");
        foreach (var declared in ApiDocument.Declared<ProblemsDeclaration>(endpoint))
            foreach (var name in declared.Names)
                yield return (declared.Status, name);
    }

    // One problem alone is the same wherever it is answered.
    private IOpenApiResponse ProblemOf(int status, IReadOnlyList<string> names)
    {
        if (names.Count > 1)
            return Response(status, names);
        var name = string.Concat(names[0].Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        _named.TryAdd(name, Response(status, names));
        return new OpenApiResponseReference(name, document);
    }

    private OpenApiResponse Response(int status, IReadOnlyList<string> names)
    {
        var response = new OpenApiResponse
        {
            Description = $"{ReasonPhrases.GetReasonPhrase(status)}: {string.Join(", ", names.Select(name => $"`{name}`"))}.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = schemas.Given(typeof(ProblemDocument)) } },
        };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = RetryAfter() };
        if (status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["WWW-Authenticate"] = Header("What a token must have, for programs (RFC 6750); absent when no other scope would help.") };
        response.AddExtension(Problems, new JsonNodeExtension(new JsonArray([.. names.Select(name => (JsonNode)name)])));
        return response;
    }

    private static OpenApiHeader RetryAfter() =>
        new() { Description = "Seconds to wait before the request is sent again.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" } };

    private static OpenApiHeader Header(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
