using System.Net;
using Microsoft.AspNetCore.Builder;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>How often a client may ask, and who pays for whom.</summary>
public sealed class RateTests : IAsyncLifetime
{
    private const int Allowed = 3;
    private TestService _service = null!;

    public async ValueTask InitializeAsync() => _service = await TestService.Start(
        app =>
        {
            app.MapGet("/v1/encounters", () => "read").RequireScope("encounters.read").Plain();
            app.MapPost("/v1/encounters", () => "reported").RequireScope("encounters.write").Plain();
            app.MapPost("/v1/encounters/{id}/telephone-report", (string id) => id).RequireScope("encounters.write").Plain();
        },
        settings: [("Limits:PerOrganization", $"{Allowed}"), ("Limits:PerAddress", $"{Allowed}")]);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Whoever_asks_too_often_is_told_when_to_come_back()
    {
        var token = _service.Tokens.Issue();

        using var refused = await UntilRefusedAsync(() => _service.Get("/v1/encounters", token));

        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("too-many-requests");
    }

    [Fact]
    public async Task No_amount_of_reading_or_of_another_command_takes_the_place_of_a_report()
    {
        var token = _service.Tokens.Issue();
        (await UntilRefusedAsync(() => _service.Get("/v1/encounters", token))).Dispose();
        (await UntilRefusedAsync(() => _service.Send(HttpMethod.Post, "/v1/encounters/1/telephone-report", null, token))).Dispose();

        using var reported = await _service.Send(HttpMethod.Post, "/v1/encounters", null, token);

        reported.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_organization_notices_nothing()
    {
        (await UntilRefusedAsync(() => _service.Get("/v1/encounters", _service.Tokens.Issue("le:CA0194200")))).Dispose();

        using var other = await _service.Get("/v1/encounters", _service.Tokens.Issue("county:06037"));

        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_organization_has_one_allowance_however_many_tokens_it_has()
    {
        var subject = 0;

        (await UntilRefusedAsync(() => _service.Get("/v1/encounters", _service.Tokens.Issue(subject: $"officer-{subject++}")))).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("guessed")]
    public async Task Without_a_valid_token_an_address_may_ask_little_and_harms_nobody_who_has_one(string token)
    {
        (await UntilRefusedAsync(() => _service.Get("/v1/encounters", token))).Dispose();

        using var valid = await _service.Get("/v1/encounters");

        valid.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_is_told_however_often_it_is_asked()
    {
        for (var i = 0; i < 10 * Allowed; i++)
        {
            using var answer = await _service.Get("/health/live", "");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    private static async Task<HttpResponseMessage> UntilRefusedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 0; i < 1000; i++)
        {
            var answer = await ask();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return answer;
            answer.Dispose();
        }

        throw new InvalidOperationException("A thousand requests were taken.");
    }
}
