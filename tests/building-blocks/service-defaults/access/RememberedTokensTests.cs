using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>How long a token that was valid is taken without its key: each asks a second time with no key to check it with.</summary>
public sealed class RememberedTokensTests : IAsyncDisposable
{
    private readonly Tokens _tokens = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly WebApplication _app;
    private readonly JwtBearerOptions _options;

    public RememberedTokensTests()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["Authentication:DevelopmentKeyFile"] = _tokens.PublicKeyFile;
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddServiceDefaults("sample");
        _app = builder.Build();
        _options = _app.Services.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(JwtBearerDefaults.AuthenticationScheme);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _tokens.Dispose();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task A_token_is_taken_for_a_minute_after_it_was_checked(int seconds, bool taken)
    {
        var token = _tokens.Issue();
        (await IsTakenAsync(token, withKey: true)).ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(seconds));

        (await IsTakenAsync(token, withKey: false)).ShouldBe(taken);
    }

    [Fact]
    public async Task A_token_is_not_taken_after_it_has_expired()
    {
        // The clocks of two machines may differ by a minute.
        var token = _tokens.Issue(change: t => t.Expires = DateTime.UtcNow.AddSeconds(-30));
        (await IsTakenAsync(token, withKey: true)).ShouldBeTrue();
        (await IsTakenAsync(token, withKey: false)).ShouldBeTrue();

        _time.Advance(TimeSpan.FromSeconds(31));

        (await IsTakenAsync(token, withKey: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_token_is_not_taken_for_one_that_was_checked()
    {
        var token = _tokens.Issue();
        (await IsTakenAsync(token, withKey: true)).ShouldBeTrue();

        (await IsTakenAsync(token[..^4] + "AAAA", withKey: true)).ShouldBeFalse();
        (await IsTakenAsync(_tokens.Issue("county:06037"), withKey: false)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(59, false)]
    [InlineData(61, true)]
    public async Task A_token_that_was_refused_is_not_checked_again_for_a_minute(int seconds, bool taken)
    {
        var token = _tokens.Issue();
        (await IsTakenAsync(token, withKey: false)).ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(seconds));

        (await IsTakenAsync(token, withKey: true)).ShouldBe(taken);
        (await IsTakenAsync(_tokens.Issue("county:06037"), withKey: true)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_is_not_valid_yet_is_taken_as_soon_as_it_is()
    {
        var token = _tokens.Issue(change: t => t.NotBefore = DateTime.UtcNow.AddMinutes(2));
        (await IsTakenAsync(token, withKey: true)).ShouldBeFalse();

        // As if the two minutes had passed.
        (await IsTakenAsync(token, withKey: true, skew: TimeSpan.FromMinutes(3))).ShouldBeTrue();
    }

    [Fact]
    public async Task However_many_tokens_are_refused_one_that_is_valid_is_taken()
    {
        for (var i = 0; i < 10_050; i++)
            (await IsTakenAsync($"not.a.token{i}", withKey: true)).ShouldBeFalse();

        (await IsTakenAsync(_tokens.Issue(), withKey: true)).ShouldBeTrue();
    }

    private async Task<bool> IsTakenAsync(string token, bool withKey, TimeSpan? skew = null)
    {
        var parameters = _options.TokenValidationParameters.Clone();
        if (!withKey)
            parameters.IssuerSigningKey = null;
        parameters.ClockSkew = skew ?? parameters.ClockSkew;
        return (await _options.TokenHandlers.ShouldHaveSingleItem().ValidateTokenAsync(token, parameters)).IsValid;
    }
}
