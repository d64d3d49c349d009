namespace SafeHarbor.ServiceDefaults.Tests.Endpoints;

/// <summary>A query parameter that no handler takes is refused: an answer to another question is worse than none.</summary>
public sealed class QueryCheckTests(SampleService sample)
{
    [Theory]
    [InlineData("/v1/samples?limt=3", "limt", "unknown-parameter", "Did you mean `limit`?")]
    [InlineData("/v1/samples?Limit=3", "Limit", "unknown-parameter", "Did you mean `limit`?")]
    [InlineData("/v1/samples?limit=3&reportId=7", "reportId", "unknown-parameter", "Known are limit, after, strict.")]
    [InlineData("/v1/samples?canary-jane-invented%20=3", "query", "unknown-parameter", "Known are")]
    [InlineData("/v1/samples/018f6f2e-0000-7000-8000-000000000000?id=7", "id", "unknown-parameter", "Nothing is taken here.")]
    [InlineData("/v1/me?x", "x", "unknown-parameter", "Nothing is taken here.")]
    [InlineData("/v1/since?since=2026-11-29T10:00:00", "since", "offset-missing", "2026-11-21T07:10:00Z")]
    [InlineData("/v1/since?since=2026-11-29", "since", "offset-missing", "%2B")]
    [InlineData("/v1/samples?limit=3&limit=4", "limit", "duplicate-parameter", "once")]
    public async Task A_parameter_that_is_not_known_or_given_twice_is_refused(string path, string parameter, string code, string says)
    {
        var problem = await SampleService.ReadProblem(sample.Service.Get(path), 400, "validation");

        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("parameter").GetString().ShouldBe(parameter);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("detail").GetString()!.ShouldContain(says);
    }

    [Theory]
    [InlineData("/v1/samples?")]
    [InlineData("/v1/samples?limit=3&after=x&strict=true")]
    [InlineData("/v1/many?only=a&only=b")]
    [InlineData("/v1/since?since=2026-11-29T10:00:00Z")]
    [InlineData("/v1/since?since=2026-11-29T11:00:00%2B01:00")]
    [InlineData("/health/live?probe=1")]
    public async Task What_the_endpoint_declares_is_taken(string path)
    {
        using var answer = await sample.Service.Get(path);

        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Who_may_not_call_learns_nothing_of_the_parameters() =>
        await SampleService.ReadProblem(sample.Service.Get("/v1/samples?limt=3", token: ""), 401, "unauthenticated");
}
