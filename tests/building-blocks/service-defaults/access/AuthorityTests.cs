using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>Against an OpenID Connect issuer that publishes its keys, as in production.</summary>
public sealed class AuthorityTests : IAsyncLifetime
{
    private readonly RSA _key = RSA.Create(2048);
    private TestService _issuer = null!;
    private TestService _service = null!;

    private string Issuer => _issuer.Client.BaseAddress!.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestService.Start(app =>
        {
            app.MapGet("/.well-known/openid-configuration", (HttpRequest request) =>
                new Dictionary<string, string> { ["issuer"] = $"http://{request.Host}", ["jwks_uri"] = $"http://{request.Host}/keys" }).AllowAnonymous();
            var key = _key.ExportParameters(false);
            app.MapGet("/keys", () => new
            {
                keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } },
            }).AllowAnonymous();
        });
        _service = await TestService.Start(
            app => app.MapGet("/v1/me", (Caller caller) => caller.Subject).RequireScope("encounters.read"),
            settings: [("Authentication:Authority", Issuer), ("Authentication:Audience", "harbor"), ("Authentication:DevelopmentKeyFile", null)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _issuer.DisposeAsync();
        _key.Dispose();
    }

    [Theory]
    [InlineData("good", 200)]
    [InlineData("wrong-audience", 401)]
    [InlineData("wrong-issuer", 401)]
    [InlineData("development-token", 401)]
    [InlineData("shared-secret", 401)]
    public async Task Only_tokens_that_the_issuer_signed_for_this_audience_are_taken(string kind, int status)
    {
        using var answer = await _service.Get("/v1/me", kind == "development-token" ? _service.Tokens.Issue() : _service.Tokens.Issue(change: token =>
        {
            token.Issuer = kind == "wrong-issuer" ? "http://issuer.example" : Issuer;
            token.Audience = kind == "wrong-audience" ? "safeharbor" : "harbor";
            token.SigningCredentials = kind == "shared-secret"
                ? new SigningCredentials(new SymmetricSecurityKey(_key.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256)
                : new SigningCredentials(new RsaSecurityKey(_key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256);
        }));

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Production_does_not_fetch_keys_without_TLS()
    {
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => TestService.Start(
            environment: "Production", settings: [("Authentication:Authority", Issuer), ("Authentication:DevelopmentKeyFile", null)]));

        refused.Message.ShouldContain("HTTPS");
    }
}
