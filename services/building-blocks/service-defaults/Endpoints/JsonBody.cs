using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>
/// A JSON body as it was sent, kept while its endpoint binds it: what binding refuses is walked through a second time, for an answer that names everything.
/// </summary>
internal sealed class JsonBody : IRequestBodyPipeFeature
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Type _type;

    public JsonBody(ReadOnlyMemory<byte> bytes, Type type) => (_bytes, _type, Reader) = (bytes, type, PipeReader.Create(new ReadOnlySequence<byte>(bytes)));

    public PipeReader Reader { get; }

    /// <summary>Everything that is wrong with the request's body, which binding has refused; null when it has none.</summary>
    public static ValidationErrors? Explain(HttpContext context) =>
        context.Features.Get<IRequestBodyPipeFeature>() is JsonBody body ? Explain(context, BodyWalk.Through(body._bytes, body._type, JsonOf(context))) : null;

    /// <summary>The same for one that was walked through already.</summary>
    public static ValidationErrors Explain(HttpContext context, BodyWalk walk)
    {
        if (walk.Understood is { } understood && context.GetEndpoint()?.Metadata.GetMetadata<BodyRules>() is { } rules && Read(understood, rules.Body, JsonOf(context)) is { } body)
        {
            foreach (var broken in rules.Check(body, context).All.Where(broken => !walk.Found.Errors.All.Any(error => Causes(error, broken))).ToList())
                walk.Found.Errors.Add(broken.Pointer!, broken.Code, broken.Detail);
        }
        return walk.Found.Errors;
    }

    // What could not be read is absent for the rules, and not for its sender.
    private static bool Causes(ValidationError error, ValidationError broken) => error.Code != "unknown-member"
        && (broken.Pointer == error.Pointer || broken.Pointer!.StartsWith($"{error.Pointer}/", StringComparison.Ordinal));

    private static object? Read(ReadOnlyMemory<byte> understood, Type type, JsonSerializerOptions json)
    {
        try
        {
            return JsonSerializer.Deserialize(understood.Span, type, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The type that the request's endpoint takes as its body; null when it takes none.</summary>
    public static Type? TypeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    /// <summary>How JSON is read here.</summary>
    public static JsonSerializerOptions JsonOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
