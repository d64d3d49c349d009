namespace SafeHarbor.ServiceDefaults.Tests.Hosting;

public sealed class SecurityHeadersTests(SampleService sample)
{
    [Theory]
    [InlineData("GET", "/v1/me", 200)]
    [InlineData("GET", "/v1/open", 200)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/health/ready", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/v1/samples/nothing", 400)]
    [InlineData("GET", "/v1/nowhere", 404)]
    [InlineData("DELETE", "/v1/samples", 405)]
    [InlineData("POST", "/v1/samples", 415)]
    [InlineData("GET", "/v1/fail", 500)]
    [InlineData("GET", "/v1/fail-for-now", 503)]
    public async Task Every_answer_tells_browsers_to_keep_nothing_guess_nothing_and_run_nothing(string method, string path, int status)
    {
        var body = method == "POST" ? new StringContent("text") : null;

        using var answer = await sample.Service.Send(HttpMethod.Parse(method), path, body);

        ((int)answer.StatusCode).ShouldBe(status);
        ShouldBeGuarded(answer);
    }

    [Fact]
    public async Task A_refusal_does_too()
    {
        using var unknown = await sample.Service.Get("/v1/me", "");
        using var forbidden = await sample.Service.Get("/v1/me", sample.Service.Tokens.Issue(scope: "other"));

        ((int)unknown.StatusCode, (int)forbidden.StatusCode).ShouldBe((401, 403));
        ShouldBeGuarded(unknown);
        ShouldBeGuarded(forbidden);
    }

    private static void ShouldBeGuarded(HttpResponseMessage answer)
    {
        string Header(string name) => string.Join(", ", answer.Headers.GetValues(name));

        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
        Header("Referrer-Policy").ShouldBe("no-referrer");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
        // Promised over TLS only; over plain HTTP a browser must not believe it.
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }
}
