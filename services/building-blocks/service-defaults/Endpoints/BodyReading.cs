using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>Reads a JSON body; without what is not known to its endpoint, when its sender prefers that. Where none is taken, one that says something is refused.</summary>
internal sealed class BodyReading(RequestDelegate next)
{
    private const int Usual = 64 * 1024;

    // What a body may say where none is taken.
    private sealed record Nothing;

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint && context.Request.HasJsonContentType() && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
            ? TakeAsync(context, JsonBody.TypeOf(context) ?? typeof(Nothing))
            : next(context);

    private async Task TakeAsync(HttpContext context, Type type)
    {
        ReadOnlyMemory<byte> bytes;
        try
        {
            bytes = await ReadAsync(context.Request, context.RequestAborted);
        }
        catch (IOException gone) when (gone is not BadHttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        var isLenient = Preference.IsLenient(context.Request);
        if (bytes.Length > 0 && (isLenient || type == typeof(Nothing)))
        {
            var walk = BodyWalk.Through(bytes, type, JsonBody.JsonOf(context), isLenient);
            if (isLenient)
                IgnoredMembers.Tell(context, walk.Found.Ignored.All);
            if (walk.Found.Errors.Any)
            {
                await JsonBody.Explain(context, walk).ToProblem().ExecuteAsync(context);
                return;
            }
            bytes = walk.Understood!.Value;
        }
        context.Features.Set<IRequestBodyPipeFeature>(new JsonBody(bytes, type));
        await next(context);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        // No more room ahead than a report needs, whatever length is announced.
        using var whole = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, Usual));
        await request.BodyReader.CopyToAsync(whole, cancellation);
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
