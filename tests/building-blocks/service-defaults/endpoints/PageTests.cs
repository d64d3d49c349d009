using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Tests.Endpoints;

/// <summary>One meaning of a page and of a cursor in every list.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.Start(app =>
    {
        foreach (var list in (string[])["/v1/numbers", "/v1/others"])
            app.MapGet(list, ([AsParameters] PageQuery page) =>
            {
                var errors = new ValidationErrors();
                var after = page.Key<long>(errors);
                return errors.Any ? (IResult)errors.ToProblem()
                    : TypedResults.Ok(page.Of([.. Enumerable.Range(1, 7).Select(n => (long)n).Where(n => after is null || n > after).Take(page.Size + 1)], n => n, n => n));
            }).RequireScope("encounters.read").Plain();
    });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData(3, 3)]
    [InlineData(7, 1)]
    [InlineData(1, 7)]
    [InlineData(200, 1)]
    public async Task Who_follows_next_gets_everything_once_and_no_empty_page_at_the_end(int limit, int pages)
    {
        var (seen, asked) = (new List<long>(), 0);
        for (string? after = ""; after is not null; asked++)
        {
            var page = await JsonAsync($"/v1/numbers?limit={limit}{after}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(n => n.GetInt64()));
            after = page.GetProperty("next").GetString() is { } next ? $"&after={next}" : null;
        }

        seen.ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        asked.ShouldBe(pages);
    }

    [Fact]
    public async Task A_cursor_that_this_list_did_not_give_to_this_organization_is_an_error_that_says_how_to_start_again()
    {
        var cursor = (await JsonAsync("/v1/numbers?limit=2")).GetProperty("next").GetString()!;
        var another = _service.Tokens.Issue(org: "le:CA0370000");

        (await StatusAsync($"/v1/numbers?after={cursor}")).ShouldBe(200);
        foreach (var (path, token) in new[]
        {
            ("/v1/numbers?after=3", null), ("/v1/numbers?after=", null), ($"/v1/numbers?after={cursor}A", null), ($"/v1/numbers?after={cursor[1..]}", null),
            ($"/v1/numbers?after={(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}", null), ($"/v1/others?after={cursor}", null), ($"/v1/numbers?after={cursor}", another),
        })
        {
            using var answer = await _service.Get(path, token);
            ((int)answer.StatusCode).ShouldBe(400, path);
            var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("errors")[0];
            (error.GetProperty("parameter").GetString(), error.GetProperty("code").GetString()).ShouldBe(("after", "unknown-cursor"), path);
            error.GetProperty("detail").GetString()!.ShouldContain("first page");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("-1")]
    public async Task A_page_has_1_to_200_items(string limit) => (await StatusAsync($"/v1/numbers?limit={limit}")).ShouldBe(400);

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await _service.Get(path);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<int> StatusAsync(string path)
    {
        using var answer = await _service.Get(path);
        return (int)answer.StatusCode;
    }
}
