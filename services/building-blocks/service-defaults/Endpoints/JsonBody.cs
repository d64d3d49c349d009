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
    private readonly byte[] _bytes;
    private readonly Type _type;

    private JsonBody(byte[] bytes, Type type) => (_bytes, _type, Reader) = (bytes, type, PipeReader.Create(new ReadOnlySequence<byte>(bytes)));

    public PipeReader Reader { get; }

    /// <summary>Everything that is wrong with the request's body, which binding has refused; null when it has none.</summary>
    public static ValidationErrors? Explain(HttpContext context) =>
        context.Features.Get<IRequestBodyPipeFeature>() is JsonBody body ? Explain(context, BodyWalk.Through(body._bytes, body._type, JsonOf(context))) : null;

    private static ValidationErrors Explain(HttpContext context, BodyWalk walk)
    {
        if (walk.Understood is { } understood && context.GetEndpoint()?.Metadata.GetMetadata<BodyRules>() is { } rules && Read(understood, context) is { } body)
        {
            foreach (var broken in rules.Check(body, context).All.Where(broken => !walk.Errors.All.Any(error => Causes(error, broken))).ToList())
                walk.Errors.Add(broken.Pointer!, broken.Code, broken.Detail);
        }
        return walk.Errors;
    }

    // What could not be read is absent for the rules, and not for its sender.
    private static bool Causes(ValidationError error, ValidationError broken) => error.Code != "unknown-member"
        && (broken.Pointer == error.Pointer || broken.Pointer!.StartsWith($"{error.Pointer}/", StringComparison.Ordinal));

    private static object? Read(byte[] understood, HttpContext context)
    {
        try
        {
            return JsonSerializer.Deserialize(understood, TypeOf(context)!, JsonOf(context));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Type? TypeOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    private static JsonSerializerOptions JsonOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    /// <summary>Reads the body of an endpoint that takes JSON, and without what is not known there when its sender prefers that.</summary>
    internal sealed class Middleware(RequestDelegate next)
    {
        public async Task InvokeAsync(HttpContext context)
        {
            if (TypeOf(context) is { } type && context.Request.HasJsonContentType() && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            {
                byte[] bytes;
                try
                {
                    bytes = await ReadAsync(context.Request.BodyReader, context.RequestAborted);
                }
                catch (IOException gone) when (gone is not BadHttpRequestException)
                {
                    context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                    return;
                }
                if (Preference.IsLenient(context.Request))
                {
                    var walk = BodyWalk.Through(bytes, type, JsonOf(context), isLenient: true);
                    IgnoredMembers.Tell(context, walk.Ignored.All);
                    if (walk.Errors.Any)
                    {
                        await Explain(context, walk).ToProblem().ExecuteAsync(context);
                        return;
                    }
                    bytes = walk.Understood!;
                }
                context.Features.Set<IRequestBodyPipeFeature>(new JsonBody(bytes, type));
            }
            await next(context);
        }

        private static async Task<byte[]> ReadAsync(PipeReader body, CancellationToken cancellation)
        {
            while (true)
            {
                var read = await body.ReadAsync(cancellation);
                if (read.IsCompleted)
                {
                    var bytes = read.Buffer.ToArray();
                    body.AdvanceTo(read.Buffer.End);
                    return bytes;
                }
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
    }
}
