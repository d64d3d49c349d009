using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>Refuses what no endpoint can take and the framework would stumble over: U+0000 outside the body, and bodies not in plain UTF-8.</summary>
internal sealed class RequestForm(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // PostgreSQL cannot store U+0000. In the path the server refuses it itself.
        // Not named, because a name that is none of ours would be repeated.
        if (context.Request.Query.Any(parameter => parameter.Key.Contains('\0') || parameter.Value.Any(value => value?.Contains('\0') == true)))
            return new ValidationErrors().AddParameter("query", "null-character", "A query parameter holds the character U+0000. Remove it.").ToProblem().ExecuteAsync(context);

        var plain = context.Request.Headers.ContentEncoding.Count == 0
            && (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
                || !type.Charset.HasValue
                || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        return plain ? next(context) : StatusProblem.For(context, StatusCodes.Status415UnsupportedMediaType).ExecuteAsync(context);
    }
}
