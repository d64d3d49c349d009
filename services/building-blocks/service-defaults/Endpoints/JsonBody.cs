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
        if (context.GetEndpoint()?.Metadata.GetMetadata<BodyRules>() is { } rules)
            walk.HoldAgainst(rules.Body, body => rules.Check(body, context));
        return walk.Found.Errors;
    }

    /// <summary>The type that the request's endpoint takes as its body; null when it takes none.</summary>
    public static Type? TypeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    /// <summary>How JSON is read here.</summary>
    public static JsonSerializerOptions JsonOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
}
