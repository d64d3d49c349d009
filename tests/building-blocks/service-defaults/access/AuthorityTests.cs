using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>Which tokens a running service takes from a running OpenID Connect issuer, as in production.</summary>
public sealed class AuthorityTests(AuthorityTests.OneIssuer one) : IClassFixture<AuthorityTests.OneIssuer>
{
    private static readonly ECDsa Foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly IssuerProcess _issuer = one.Issuer;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_of_the_issuer_is_taken_and_nothing_that_is_wrong_about_one_is()
    {
        await using var service = await _issuer.ServiceAsync();
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var expected = new (string What, Dictionary<string, object?> Claims, int Status)[]
        {
            ("nothing is wrong", new(), 200),
            ("several audiences, ours among them", new() { ["aud"] = new[] { "another", "safeharbor" } }, 200),
            ("another audience", new() { ["aud"] = "another" }, 401),
            ("another issuer", new() { ["iss"] = "http://issuer.example" }, 401),
            ("expired within the skew", new() { ["nbf"] = now - 300, ["exp"] = now - 45 }, 200),
            ("expired", new() { ["nbf"] = now - 300, ["exp"] = now - 75 }, 401),
            ("valid soon, within the skew", new() { ["nbf"] = now + 45 }, 200),
            ("not valid yet", new() { ["nbf"] = now + 75 }, 401),
            ("without an end", new() { ["exp"] = null }, 401),
        };

        foreach (var (what, claims, status) in expected)
            (await service.StatusAsync(await _issuer.TokenAsync(claims))).ShouldBe(status, what);
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("the public key as a shared secret")]
    [InlineData("a foreign key under the issuer's key id")]
    [InlineData("a foreign key that the token brings along")]
    [InlineData("a foreign key that the token says where to fetch")]
    [InlineData("a key id that names a file")]
    [InlineData("a key id that is a query")]
    [InlineData("other claims under the issuer's signature")]
    public async Task A_forged_token_is_not_taken_and_nothing_else_is_said_of_it(string forgery)
    {
        await using var service = await _issuer.ServiceAsync();
        var genuine = await _issuer.TokenAsync();
        (await service.StatusAsync(genuine)).ShouldBe(200);

        using var answer = await service.Get("/v1/me", await ForgeAsync(forgery, genuine));
        ((int)answer.StatusCode).ShouldBe(401);
        answer.Headers.WwwAuthenticate.ToString().ShouldEndWith("\"The token is not signed by the issuer\"");
    }

    [Theory]
    [InlineData("scp", "harbor_org", """{"scp":"encounters.read","harbor_org":"county:06037","org":"le:CA0194200","scope":""}""", 200)]
    [InlineData("roles", "org", """{"roles":["encounters.read"],"org":"county:06037","scope":""}""", 200)]
    [InlineData("realm_access.roles", "tenant.org", """{"realm_access":{"roles":["encounters.read"]},"tenant":{"org":"county:06037"}}""", 200)]
    [InlineData("scp", "harbor_org", """{"harbor_org":"county:06037","scope":"encounters.read"}""", 403)]
    [InlineData("scope", "harbor_org", """{"org":"county:06037"}""", 403)]
    [InlineData("realm_access.roles", "org", """{"realm_access":"encounters.read","org":"county:06037"}""", 403)]
    public async Task Organization_and_scopes_may_be_in_other_claims_and_then_only_there(string scope, string organization, string claims, int status)
    {
        await using var service = await _issuer.ServiceAsync(("Authentication:ScopeClaim", scope), ("Authentication:OrganizationClaim", organization));
        var token = await _issuer.TokenAsync(JsonSerializer.Deserialize<Dictionary<string, object?>>(claims));

        for (var i = 0; i < 2; i++)
        {
            using var answer = await service.Get("/v1/me", token);
            ((int)answer.StatusCode).ShouldBe(status);
            if (status == 200)
                (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe("county:06037");
        }
    }

    [Fact]
    public async Task Metadata_of_another_issuer_are_not_used()
    {
        await using var service = await _issuer.ServiceAsync(
            ("Authentication:Authority", "http://issuer.example"), ("Authentication:MetadataAddress", $"{_issuer.Name}/.well-known/openid-configuration"));

        (await service.StatusAsync(await _issuer.TokenAsync())).ShouldBe(503);
        service.Log.Text.ShouldContain("another issuer's");
    }

    [Theory]
    [InlineData("Authentication:Authority", "http://issuer.example", "https://")]
    [InlineData("Authentication:Authority", "issuer", "absolute")]
    [InlineData("Authentication:MetadataAddress", "http://issuer.example", "https://")]
    [InlineData("Authentication:KeysEvery", "00:06:00", "five minutes")]
    [InlineData("Authentication:KeysAtMostEvery", "soon", "five minutes")]
    public async Task Production_does_not_start_with_settings_that_make_keys_unsafe(string setting, string value, string says)
    {
        var settings = new Dictionary<string, string?> { ["Authentication:Authority"] = "https://issuer.example", ["Authentication:DevelopmentKeyFile"] = null, [setting] = value };

        var refused = await Should.ThrowAsync<StartRefusedException>(() =>
            TestService.Start(environment: "Production", settings: [.. settings.Select(s => (s.Key, s.Value))]));

        refused.Message.ShouldContain(setting);
        refused.Message.ShouldContain(says);
    }

    private async Task<string> ForgeAsync(string forgery, string genuine)
    {
        var keys = await _issuer.KeysAsync();
        var kid = JsonDocument.Parse(keys).RootElement.GetProperty("keys")[0].GetProperty("kid").GetString();
        var own = Foreign.ExportParameters(false).Q;
        var jwk = new { kty = "EC", crv = "P-256", kid = "own", x = Base64Url.EncodeToString(own.X), y = Base64Url.EncodeToString(own.Y) };
        var payload = Payload(genuine);
        switch (forgery)
        {
            case "unsigned":
                return $"{Part(new { alg = "none", typ = "JWT" })}.{payload}.";
            case "the public key as a shared secret":
                var signed = $"{Part(new { alg = "HS256", typ = "JWT", kid })}.{payload}";
                return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(keys), Encoding.ASCII.GetBytes(signed)))}";
            case "a foreign key under the issuer's key id":
                return Forged(new { alg = "ES256", kid }, payload);
            case "a foreign key that the token brings along":
                return Forged(new { alg = "ES256", kid = "own", jwk }, payload);
            case "a foreign key that the token says where to fetch":
                return Forged(new { alg = "ES256", kid = "own", jku = "http://127.0.0.1:9/keys", x5u = "http://127.0.0.1:9/key" }, payload);
            case "a key id that names a file":
                return Forged(new { alg = "ES256", kid = "../../../../dev/null" }, payload);
            case "a key id that is a query":
                return Forged(new { alg = "ES256", kid = "x' union select 'key" }, payload);
            default:
                var parts = genuine.Split('.');
                var claims = JsonSerializer.Deserialize<Dictionary<string, object>>(Base64Url.DecodeFromChars(parts[1]))!;
                claims["org"] = "county:06037";
                return $"{parts[0]}.{Part(claims)}.{parts[2]}";
        }
    }

    private static string Forged(object header, string payload)
    {
        var signed = $"{Part(header)}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(Foreign.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Payload(string token) => token.Split('.')[1];

    private static string Part<T>(T part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    /// <summary>The issuer of all tests of this class; none changes its keys.</summary>
    public sealed class OneIssuer : IAsyncLifetime
    {
        internal IssuerProcess Issuer { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Issuer = await IssuerProcess.StartAsync();

        public async ValueTask DisposeAsync() => await Issuer.DisposeAsync();
    }
}
