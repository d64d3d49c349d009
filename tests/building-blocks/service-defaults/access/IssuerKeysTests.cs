using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>Keys that the issuer changes and withdraws under a running service, and an issuer that is away.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private IssuerProcess _issuer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await IssuerProcess.StartAsync();

    public async ValueTask DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public async Task A_key_that_the_issuer_changes_to_is_taken_at_once_and_without_a_restart()
    {
        await using var service = await _issuer.ServiceAsync(("Authentication:KeysAtMostEvery", "00:00:00.1"));
        var earlier = await _issuer.TokenAsync();
        (await service.StatusAsync(earlier)).ShouldBe(200);
        await Task.Delay(150, Cancellation);

        await _issuer.RotateAsync();

        (await service.StatusAsync(await _issuer.TokenAsync())).ShouldBe(200);
        (await service.StatusAsync(earlier)).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_that_was_refused_before_its_key_was_fetched_is_taken_once_it_is()
    {
        await using var service = await _issuer.ServiceAsync(("Authentication:KeysAtMostEvery", "00:00:01"));
        await UntilAsync(service, await _issuer.TokenAsync(), 200);
        await _issuer.RotateAsync();
        var early = await _issuer.TokenAsync();
        await service.StatusAsync(early);

        var waited = Stopwatch.StartNew();
        await UntilAsync(service, early, 200);

        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), "the keys are else fetched every two minutes");
    }

    [Fact]
    public async Task Tokens_under_unknown_keys_do_not_make_a_service_ask_the_issuer_again_and_again()
    {
        await using var service = await _issuer.ServiceAsync();
        await service.StatusAsync(await _issuer.TokenAsync());
        var before = await _issuer.FetchesAsync();

        for (var i = 0; i < 20; i++)
            (await service.StatusAsync(UnderUnknownKey(await _issuer.TokenAsync()))).ShouldBe(401);

        (await _issuer.FetchesAsync()).ShouldBeLessThanOrEqualTo(before + 1);
    }

    [Fact]
    public async Task A_withdrawn_key_is_refused_within_the_set_time_even_for_a_token_that_was_just_taken()
    {
        await using var service = await _issuer.ServiceAsync(("Authentication:KeysEvery", "00:00:01"));
        var withdrawn = await _issuer.RotateAsync();
        var stolen = await _issuer.TokenAsync();
        await UntilAsync(service, stolen, 200);
        await _issuer.RotateAsync();
        (await service.StatusAsync(stolen)).ShouldBe(200);

        await _issuer.WithdrawAsync(withdrawn);

        var waited = Stopwatch.StartNew();
        await UntilAsync(service, stolen, 401);
        // A second, and the time of a fetch; a machine that is busy takes longer.
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await service.StatusAsync(await _issuer.TokenAsync(kid: withdrawn))).ShouldBe(401);
        (await service.StatusAsync(await _issuer.TokenAsync())).ShouldBe(200);
    }

    [Fact]
    public async Task A_key_is_withdrawn_also_from_a_service_that_nobody_has_called_meanwhile()
    {
        await using var service = await _issuer.ServiceAsync(("Authentication:KeysEvery", "00:00:01"));
        var withdrawn = await _issuer.RotateAsync();
        await UntilAsync(service, await _issuer.TokenAsync(), 200);
        await _issuer.RotateAsync();
        await _issuer.WithdrawAsync(withdrawn);
        var before = await _issuer.FetchesAsync();

        while (await _issuer.FetchesAsync() < before + 2)
            await Task.Delay(50, Cancellation);

        (await service.StatusAsync(await _issuer.TokenAsync(kid: withdrawn))).ShouldBe(401, "the first request after the pause");
    }

    [Fact]
    public async Task Without_the_issuer_a_service_starts_asks_callers_to_come_again_and_serves_once_the_issuer_is_there()
    {
        await _issuer.GoAwayAsync();
        await using var service = await _issuer.ServiceAsync();

        using var refused = await service.Get("/v1/me", "not.looked.at");
        ((int)refused.StatusCode).ShouldBe(503);
        refused.Headers.RetryAfter?.Delta.ShouldBe(TimeSpan.FromSeconds(5));
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("unavailable");
        (await service.StatusAsync("")).ShouldBe(401, "without any token there is nothing to wait for");
        (await service.StatusAsync("", "/health/ready")).ShouldBe(503);
        (await service.StatusAsync("", "/health/live")).ShouldBe(200);

        await _issuer.ComeBackAsync();
        await UntilAsync(service, await _issuer.TokenAsync(), 200);
        (await service.StatusAsync("", "/health/ready")).ShouldBe(200);
    }

    [Fact]
    public async Task While_the_issuer_is_away_its_keys_go_on_being_used_and_no_request_waits_for_it()
    {
        await using var service = await _issuer.ServiceAsync(("Authentication:KeysEvery", "00:00:01"));
        var token = await _issuer.TokenAsync();
        (await service.StatusAsync(token)).ShouldBe(200);
        var another = await _issuer.TokenAsync(new() { ["sub"] = "officer-8" });

        await _issuer.GoAwayAsync();
        while (!service.Log.Text.Contains("go on being used", StringComparison.Ordinal))
            await Task.Delay(50, Cancellation);

        (await service.StatusAsync(token)).ShouldBe(200);
        (await service.StatusAsync(another)).ShouldBe(200);
        (await service.StatusAsync("", "/health/ready")).ShouldBe(200);
    }

    private static async Task UntilAsync(TestService service, string token, int status)
    {
        for (var end = DateTime.UtcNow.AddMinutes(1); await service.StatusAsync(token) is var actual && actual != status; await Task.Delay(50, Cancellation))
            DateTime.UtcNow.ShouldBeLessThan(end, $"still {actual} instead of {status}");
    }

    private static string UnderUnknownKey(string token) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{Guid.NewGuid()}}"}""")) + token[token.IndexOf('.', StringComparison.Ordinal)..];
}
