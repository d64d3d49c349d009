using System.Net;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace SafeHarbor.Documentation;

/// <summary>A document as a page. It is served at its path in <c>docs</c>, so that its links hold as they are written.</summary>
internal static class Page
{
    // Anchors as the repository's host makes them; what looks like HTML is text.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).DisableHtml().Build();

    private static readonly (string Path, string Name)[] Top =
    [
        ("integrate/cad-rms.md", "CAD/RMS"), ("integrate/county.md", "County"), ("integrate/provider.md", "Provider"), ("integrate/webhooks.md", "Webhooks"),
        ("problems/README.md", "Problems"), ("reference/", "API reference"),
    ];

    public static string Of(string service, string path, string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(link => !Leads(link.Url, path)).ToList())
            link.ReplaceBy(new ContainerInline(), copyChildren: true);
        var title = document.Descendants<HeadingBlock>().FirstOrDefault()?.Inline?.Descendants<LiteralInline>().FirstOrDefault()?.ToString() ?? path;
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)} · SafeHarbor</title>
            <link rel="stylesheet" href="/docs/site.css">
            </head>
            <body>
            <nav><a class="home" href="/docs/">SafeHarbor <small>{WebUtility.HtmlEncode(service)}</small></a>{string.Concat(Top.Select(one => Tab(one.Path, one.Name, path)))}</nav>
            <main>
            {document.ToHtml(Pipeline)}</main>
            </body>
            </html>

            """;
    }

    private static string Tab(string path, string name, string current) => $"<a href=\"/docs/{path}\"{(path == current ? " aria-current=\"page\"" : "")}>{name}</a>";

    // What is only in the repository (code, licenses) is named and not linked.
    private static bool Leads(string? url, string from)
    {
        if (url is null || url.StartsWith('#') || url.StartsWith("https://", StringComparison.Ordinal))
            return url is not null;
        var to = new Uri(new Uri($"http://docs/{from}"), url);
        // Above its root an address has nothing: what leads out of docs would otherwise seem to stay inside.
        return url.Split('/').Count(part => part == "..") <= from.Count(c => c == '/') && Documents.Paths.Contains(to.AbsolutePath[1..]);
    }
}
