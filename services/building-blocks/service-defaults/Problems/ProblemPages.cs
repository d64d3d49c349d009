using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>
/// <c>/problems/{name}</c>: the page that a problem's <c>type</c> leads to, readable by everyone. The pages are the files of <c>docs/problems</c>, which link to each
/// other by their files' names and to nothing else, so that every link leads somewhere wherever they are served.
/// </summary>
internal static class ProblemPages
{
    private const string Folder = "problems/";

    private static readonly FrozenDictionary<string, string> Pages = typeof(ProblemPages).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(resource => resource[Folder.Length..], Read);

    public static void MapProblemPages(this WebApplication app) => app.MapGet("/problems/{name}", Answer).AllowAnonymous().ExcludeFromDescription();

    private static Results<ContentHttpResult, RedirectHttpResult, ProblemHttpResult> Answer(string name, HttpRequest request, IHostEnvironment environment)
    {
        name = name.EndsWith(".md", StringComparison.Ordinal) ? name[..^3] : name;
        if (!Pages.TryGetValue(name, out var page))
            return Problem.NotFound("problem");
        // In development a browser gets the page with the others.
        return environment.IsDevelopment() && request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html")
            ? TypedResults.Redirect($"/docs/problems/{name}.md")
            : TypedResults.Content(page, "text/markdown", Encoding.UTF8);
    }

    private static string Read(string resource)
    {
        using var text = new StreamReader(typeof(ProblemPages).Assembly.GetManifestResourceStream(resource)!);
        return text.ReadToEnd();
    }
}
