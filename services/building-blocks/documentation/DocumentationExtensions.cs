using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SafeHarbor.Documentation;

/// <summary>
/// <c>/docs</c>: the documents of this version and the reference of the service's own API, for who integrates on a machine of their own. Nothing of it comes from
/// elsewhere, and nothing of it is for an installation: a service maps it in development alone, and loads this assembly only then.
/// </summary>
public static class DocumentationExtensions
{
    /// <summary>Maps <c>/docs/…</c>, readable by everyone.</summary>
    /// <param name="app">A service in development.</param>
    /// <param name="service">Its name, as its title.</param>
    public static void MapDocumentation(this WebApplication app, string service)
    {
        app.MapGet("/docs/{**path}", IResult (HttpContext http, string? path) => Answer(http, service, path ?? "")).AllowAnonymous().ExcludeFromDescription();
        app.MapReference(service);
    }

    private static IResult Answer(HttpContext http, string service, string path)
    {
        // Without the slash the links of the first page would lead beside it.
        if (path.Length == 0 && !http.Request.Path.Value!.EndsWith('/'))
            return TypedResults.Redirect("/docs/");
        var document = path.Length == 0 || path.EndsWith('/') ? path + "README.md" : path;
        if (Documents.Read(document) is not { } text)
            return TypedResults.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return Path.GetExtension(document) switch
        {
            ".md" => TypedResults.Content(Page.Of(service, document, text), "text/html; charset=utf-8"),
            ".css" => TypedResults.Content(text, "text/css; charset=utf-8"),
            _ => TypedResults.Content(text, "text/plain; charset=utf-8"),
        };
    }
}
