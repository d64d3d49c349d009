using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>
/// <c>/problems/{name}</c>: the page that a problem's <c>type</c> leads to, readable by everyone. The pages are the files of <c>docs/problems</c>, which link to each
/// other by their files' names.
/// </summary>
internal static class ProblemPages
{
    private const string Folder = "problems/";

    private static readonly FrozenDictionary<string, string> Pages = typeof(ProblemPages).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(resource => resource[Folder.Length..], Read);

    public static void MapProblemPages(this WebApplication app) => app.MapGet("/problems/{name}", Results<ContentHttpResult, ProblemHttpResult> (string name) =>
        Pages.TryGetValue(name.EndsWith(".md", StringComparison.Ordinal) ? name[..^3] : name, out var page)
            ? TypedResults.Content(page, "text/markdown", Encoding.UTF8)
            : Problem.NotFound("problem")).AllowAnonymous().ExcludeFromDescription();

    private static string Read(string resource)
    {
        using var text = new StreamReader(typeof(ProblemPages).Assembly.GetManifestResourceStream(resource)!);
        return text.ReadToEnd();
    }
}
