using System.Net;
using System.Text.RegularExpressions;
using SafeHarbor.Documentation;

namespace SafeHarbor.ServiceDefaults.Tests.Documentation;

/// <summary>The pages that a service shows in development, as a browser gets them.</summary>
public sealed partial class DocumentationTests(SampleService sample)
{
    private const string Html = "text/html; charset=utf-8";

    [Fact]
    public async Task Every_link_of_every_page_leads_to_a_page_and_a_heading_that_are_there()
    {
        var pages = new Dictionary<string, string>();
        foreach (var path in Documents.Paths.Where(path => path.EndsWith(".md", StringComparison.Ordinal)))
            pages[$"/docs/{path}"] = await ReadAsync($"/docs/{path}", Html);
        pages["/docs/"] = await ReadAsync("/docs/", Html);

        var links = from page in pages
                    from match in Link().Matches(page.Value)
                    let link = WebUtility.HtmlDecode(match.Groups[1].Value)
                    where !link.StartsWith("https://", StringComparison.Ordinal)
                    select (Page: page.Key, To: new Uri(new Uri(sample.Service.Address, page.Key), link));
        foreach (var (page, to) in links.DistinctBy(link => link.To).ToList())
        {
            if (!pages.TryGetValue(to.AbsolutePath, out var there))
                await ReadAsync(to.PathAndQuery);
            else if (to.Fragment.Length > 0)
                there.ShouldContain($"id=\"{Uri.UnescapeDataString(to.Fragment[1..])}\"", Case.Sensitive, $"{page} links to {to}");
        }
        pages.Count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task What_is_only_in_the_repository_is_named_and_not_linked()
    {
        var page = Page.Of("sample", "integrate/some.md", "[a](../../README.md) [b](nowhere.md) [c](../access.md#the-table) [d](#here) [e](https://example.org/) [f](../../../docs/access.md) <script>1</script>");

        page[page.IndexOf("<main>", StringComparison.Ordinal)..].ShouldContain(
            "<p>a b <a href=\"../access.md#the-table\">c</a> <a href=\"#here\">d</a> <a href=\"https://example.org/\">e</a> f &lt;script&gt;1&lt;/script&gt;</p>");
    }

    [Theory]
    [InlineData("/docs/", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")]
    [InlineData("/docs/problems/validation.md", "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")]
    [InlineData("/docs/reference/", "default-src 'none'; script-src 'self' 'nonce-*'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")]
    public async Task A_browser_fetches_nothing_for_a_page_from_anywhere_else(string path, string policy)
    {
        using var answer = await sample.Service.Get(path, token: "");

        Nonce().Replace(string.Join(",", answer.Headers.GetValues("Content-Security-Policy")), "'nonce-*'").ShouldBe(policy);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (var fetched in Fetched().Matches(html).Select(match => match.Groups[1].Value))
            await ReadAsync(new Uri(new Uri(sample.Service.Address, path), fetched).PathAndQuery);
    }

    [Fact]
    public async Task The_reference_is_of_the_services_own_document_and_tells_nobody()
    {
        var html = await ReadAsync("/docs/reference/", "text/html");

        html.ShouldContain("<title>SafeHarbor sample</title>");
        html.ShouldContain("openapi/v1.json");
        html.ShouldContain("\"telemetry\":false");
        html.ShouldContain("\"withDefaultFonts\":false");
        html.ShouldNotContain("proxyUrl");
        html.ShouldNotContain("https://");
    }

    [Fact]
    public async Task A_browser_gets_the_page_of_a_problem_with_the_others()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/problems/forbidden");
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        using var page = await sample.Service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (page.RequestMessage!.RequestUri!.AbsolutePath, page.Content.Headers.ContentType!.ToString()).ShouldBe(("/docs/problems/forbidden.md", Html));
    }

    [Theory]
    [InlineData("/docs/nothing.md")]
    [InlineData("/docs/../README.md")]
    [InlineData("/docs/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/docs/integrate")]
    public async Task There_is_nothing_but_what_was_built_in(string path)
    {
        using var answer = await sample.Service.Get(path, token: "");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task Elsewhere_than_in_development_there_are_the_problems_pages_alone_and_their_links_lead_to_each_other(string environment)
    {
        await using var service = await TestService.Start(environment: environment, settings: [("Authentication:Authority", "https://issuer.example"), ("Authentication:DevelopmentKeyFile", null)]);

        foreach (var path in new[] { "/docs", "/docs/", "/docs/README.md", "/docs/site.css", "/docs/reference/", "/docs/reference/scalar.js" })
            await SampleService.ReadProblem(service.Get(path, token: ""), 404, "no-such-route");
        var followed = new HashSet<string>();
        var toFollow = new Queue<string>(["/problems/README.md"]);
        while (toFollow.TryDequeue(out var path))
        {
            if (!followed.Add(path))
                continue;
            using var answer = await service.Get(path, token: "");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            foreach (Match link in MarkdownLink().Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
                toFollow.Enqueue(new Uri(new Uri(service.Address, path), link.Groups[1].Value).AbsolutePath);
        }
        followed.Count.ShouldBeGreaterThan(40);
    }

    private async Task<string> ReadAsync(string path, string? type = null)
    {
        // As an organization, which may ask more often than an address: so many pages nobody reads in a second.
        using var answer = await sample.Service.Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        if (type is not null)
            answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();

    [GeneratedRegex("(?:src|<link [^>]*href)=\"([^\"]*)\"")]
    private static partial Regex Fetched();

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex MarkdownLink();

    [GeneratedRegex("'nonce-[^']*'")]
    private static partial Regex Nonce();
}
