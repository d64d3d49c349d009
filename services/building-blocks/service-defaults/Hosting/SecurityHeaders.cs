using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// What every answer says to a browser and to whoever stands in between: keep nothing, guess no type, run nothing, show it in nobody's page.
/// Problems and refusals too.
/// </summary>
internal static class SecurityHeaders
{
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(next => context =>
    {
        // At the last moment, because an answer that fails is begun anew without its headers.
        context.Response.OnStarting(Write, context);
        return next(context);
    });

    private static Task Write(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return Task.CompletedTask;
    }
}
