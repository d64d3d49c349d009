using System.Net;
using System.Net.Http.Headers;

namespace SafeHarbor.ServiceDefaults.Tests.Problems;

public sealed class ProblemTests(SampleService sample)
{
    [Theory]
    [InlineData("GET", "/v1/nowhere", 404, "no-such-route")]
    [InlineData("GET", "/", 404, "no-such-route")]
    [InlineData("DELETE", "/v1/samples", 405, "method-not-allowed")]
    [InlineData("GET", "/v1/problems/conflict", 409, "already-accepted")]
    [InlineData("GET", "/v1/problems/not-found", 404, "not-found")]
    [InlineData("GET", "/v1/problems/bare-404", 404, "not-found")]
    [InlineData("GET", "/v1/problems/unprocessable", 422, "idempotency-key-reused")]
    [InlineData("GET", "/v1/problems/validation", 400, "validation")]
    [InlineData("GET", "/v1/fail", 500, "internal-error")]
    [InlineData("GET", "/v1/fail-for-now", 503, "unavailable")]
    public async Task Every_error_is_a_problem(string method, string path, int status, string name) =>
        await SampleService.ReadProblem(sample.Service.Send(HttpMethod.Parse(method), path, null, token: ""), status, name);

    [Fact]
    public async Task Its_type_is_a_page_at_the_service_that_answers_which_everyone_may_read()
    {
        var problem = await SampleService.ReadProblem(sample.Service.Get("/v1/problems/conflict"), 409, "already-accepted");

        using var page = await sample.Service.Get(problem.GetProperty("type").GetString()!, token: "");
        (page.StatusCode, page.Content.Headers.ContentType!.ToString()).ShouldBe((HttpStatusCode.OK, "text/markdown; charset=utf-8"));
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("`already-accepted`, HTTP 409");
        await SampleService.ReadProblem(sample.Service.Get("/problems/nothing", token: ""), 404, "not-found");
    }

    [Fact]
    public async Task Its_text_is_written_as_people_read_it()
    {
        using var answer = await sample.Service.Get("/v1/problems/validation");

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("Correct what the entries of 'errors' name");
    }

    [Fact]
    public async Task A_wrong_method_is_answered_with_the_right_ones()
    {
        using var answer = await sample.Service.Send(HttpMethod.Delete, "/v1/samples");

        answer.Content.Headers.Allow.Order().ShouldBe(["GET", "POST"]);
    }

    [Fact]
    public async Task Validation_errors_name_their_place_by_pointer_or_parameter()
    {
        var problem = await SampleService.ReadProblem(sample.Service.Get("/v1/problems/validation"), 400, "validation");

        problem.GetProperty("errors").GetRawText().ShouldBe(
            """[{"pointer":"/children/0/approximateAge","code":"out-of-range","detail":"Give an age from 0 to 21."},{"parameter":"limit","code":"out-of-range","detail":"Give 1 to 200."}]""");
    }

    [Theory]
    [InlineData("/v1/samples/canary-jane-invented", "id", "wrong-form", "UUID")]
    [InlineData("/v1/samples?limit=canary-jane-invented", "limit", "wrong-form", "whole number")]
    [InlineData("/v1/samples?limit=99999999999", "limit", "wrong-form", "whole number")]
    [InlineData("/v1/samples?strict=canary-jane-invented", "strict", "wrong-form", "true or false")]
    [InlineData("/v1/samples?after=canary%00", "query", "null-character", "U+0000")]
    [InlineData("/v1/samples?canary%00=1", "query", "null-character", "U+0000")]
    [InlineData("/v1/needed", "needed", "required", "given")]
    public async Task A_route_value_or_query_that_cannot_be_read_is_named(string path, string parameter, string code, string says)
    {
        var problem = await SampleService.ReadProblem(sample.Service.Get(path), 400, "validation");

        var error = problem.GetProperty("errors")[0];
        error.GetProperty("parameter").GetString().ShouldBe(parameter);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("detail").GetString()!.ShouldContain(says);
    }

    [Theory]
    [InlineData("application/pdf")]
    [InlineData("text/html")]
    public async Task A_client_that_accepts_no_JSON_gets_the_problem_all_the_same(string accepts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/problems/conflict");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accepts));

        await SampleService.ReadProblem(sample.Service.Client.SendAsync(request, TestContext.Current.CancellationToken), 409, "already-accepted");
    }

    [Fact]
    public async Task What_a_trace_is_known_by_is_in_the_problem()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/fail");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var problem = await SampleService.ReadProblem(
            sample.Service.Client.SendAsync(request, TestContext.Current.CancellationToken), 500, "internal-error");

        problem.GetProperty("traceId").GetString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Staging")]
    public async Task What_an_exception_says_is_neither_answered_nor_logged(string environment)
    {
        await using var service = await TestService.Start(
            app => app.MapGetThatFails("/v1/fail", SampleService.Secret), environment: environment);

        await SampleService.ReadProblem(service.Get("/v1/fail"), 500, "internal-error");

        service.Log.Text.ShouldContain("System.InvalidOperationException");
        service.Log.Text.ShouldContain(nameof(FailingEndpoint.MapGetThatFails));
        service.Log.Text.ShouldNotContain(SampleService.Secret);
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_an_answer_breaks_it_off_and_logs_no_message()
    {
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var answer = await sample.Service.Get("/v1/fail-late");
        });

        sample.Service.Log.Text.ShouldNotContain(SampleService.Secret);
    }

    [Fact]
    public async Task Bodies_and_query_strings_are_not_logged()
    {
        using (await sample.Service.Post("/v1/samples", """{"narrative":"log-canary","children":[{"alias":"log-canary","approximateAge":"log-canary"}]}"""))
        using (await sample.Service.Get("/v1/problems/conflict"))
        {
        }

        sample.Service.Log.Text.ShouldNotContain("log-canary");
    }

    [Fact]
    public async Task A_failure_of_the_moment_says_when_to_come_back()
    {
        using var answer = await sample.Service.Get("/v1/fail-for-now");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }
}
