using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using static SafeHarbor.Client.Tests.ScriptedServer;

namespace SafeHarbor.Client.Tests;

public sealed class TokenTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        var given = 0;
        await using var server = await StartAsync(Refuses(401, "unauthenticated"), Answers(201, Samples.Receipt));

        await server.Intake(tokens: new GivenTokens(_ => ValueTask.FromResult($"token-{++given}"))).ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        server.Requests.Select(request => request.Header("Authorization")).ShouldBe(["Bearer token-1", "Bearer token-2"]);
        server.Requests.Select(request => request.Header("Idempotency-Key")).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task When_the_new_one_is_refused_too_the_caller_is_told()
    {
        var given = 0;
        await using var server = await StartAsync(Refuses(401, "unauthenticated"));

        (await Should.ThrowAsync<ProblemException>(() => server.Intake(tokens: new GivenTokens(_ => ValueTask.FromResult($"token-{++given}")))
            .ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation))).Problem.Name.ShouldBe("unauthenticated");

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_token_is_not_sent_a_second_time_when_there_is_no_other()
    {
        await using var server = await StartAsync(Refuses(401, "unauthenticated"));

        await Should.ThrowAsync<ProblemException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_asks_its_issuer_once_for_many_callers_and_again_shortly_before_the_end()
    {
        var time = new FakeTimeProvider();
        await using var issuer = await StartAsync(Token("first"), Token("second"));
        using var credentials = new ClientCredentials(issuer.Address, "a client", "a:secret", "encounters.read", Samples.Hurried with { Time = time });

        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => credentials.GetAsync(null, Cancellation).AsTask()));
        time.Advance(TimeSpan.FromSeconds(3600 - 61));
        var kept = await credentials.GetAsync(null, Cancellation);
        time.Advance(TimeSpan.FromSeconds(2));
        var renewed = await credentials.GetAsync(null, Cancellation);

        tokens.Append(kept).ShouldAllBe(token => token == "first");
        renewed.ShouldBe("second");
        var asked = issuer.Requests.First();
        asked.Body.ShouldBe("grant_type=client_credentials&scope=encounters.read");
        asked.Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("a%20client:a%3Asecret")));
    }

    [Fact]
    public async Task A_refused_token_is_asked_for_anew_although_its_end_is_far()
    {
        await using var issuer = await StartAsync(Token("first"), Token("second"));
        using var credentials = new ClientCredentials(issuer.Address, "client", "secret");

        await credentials.GetAsync(null, Cancellation);

        (await credentials.GetAsync("first", Cancellation)).ShouldBe("second");
        (await credentials.GetAsync("first", Cancellation)).ShouldBe("second", "another caller has renewed it already");
        issuer.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_asked_again()
    {
        await using var issuer = await StartAsync(HangsUp, Answers(503, "{}"), Token("first"));
        using var credentials = new ClientCredentials(issuer.Address, "client", "secret");
        await using var server = await StartAsync(Answers(201, Samples.Receipt));

        await server.Intake(tokens: credentials).ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        server.Requests.ShouldHaveSingleItem().Header("Authorization").ShouldBe("Bearer first");
    }

    [Fact]
    public async Task An_issuer_that_refuses_the_client_is_not()
    {
        await using var issuer = await StartAsync(Answers(401, """{"error":"invalid_client"}"""));
        using var credentials = new ClientCredentials(issuer.Address, "client", "secret");
        await using var server = await StartAsync(Answers(201, Samples.Receipt));

        await Should.ThrowAsync<AuthenticationException>(() => server.Intake(tokens: credentials).ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        issuer.Requests.Count.ShouldBe(1);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    public async Task What_is_no_token_endpoint_gives_no_token(string answer)
    {
        await using var issuer = await StartAsync(Answers(200, answer));
        using var credentials = new ClientCredentials(issuer.Address, "client", "secret");

        (await Should.ThrowAsync<AuthenticationException>(() => credentials.GetAsync(null, Cancellation).AsTask())).Message.ShouldContain("Check its address");
    }

    [Theory]
    [InlineData("http://intake.example/")]
    [InlineData("ftp://127.0.0.1/")]
    public void No_token_goes_over_a_network_in_clear_text(string address) =>
        Should.Throw<ArgumentException>(() => new Intake.IntakeClient(new Uri(address), new GivenTokens(_ => ValueTask.FromResult("token"))));

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Token(string token) =>
        Answers(200, $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":3600}""");
}
