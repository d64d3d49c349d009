using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

public sealed class TokenTests(SampleService sample)
{
    private static readonly ECDsa Foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task The_caller_is_who_the_token_says()
    {
        var (status, me) = await SampleService.Read(sample.Service.Get("/v1/me", sample.Service.Tokens.Issue("county:06037", "encounters.read feed.read", "worker-3")));

        status.ShouldBe(200);
        me.GetRawText().ShouldBe("""{"subject":"worker-3","org":"county:06037","scopes":["encounters.read","feed.read"]}""");
    }

    [Fact]
    public async Task Scopes_may_come_as_an_array()
    {
        var token = sample.Service.Tokens.Issue(scope: null, change: token => token.Claims["scope"] = new[] { "encounters.read", "feed.read" });

        using var answer = await sample.Service.Get("/v1/me", token);

        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("expired", "The token has expired")]
    [InlineData("wrong-audience", "The token is not for this audience")]
    [InlineData("garbage", "The token cannot be read")]
    [InlineData("three-parts", "The token cannot be read")]
    [InlineData("other-parts", "The token cannot be read")]
    [InlineData("no-claims", "The token cannot be read")]
    [InlineData("encrypted", "The token cannot be read")]
    [InlineData("wrong-issuer", "The token is not signed by the issuer")]
    [InlineData("wrong-key", "The token is not signed by the issuer")]
    [InlineData("unsigned", "The token is not signed by the issuer")]
    [InlineData("public-key-as-secret", "The token is not signed by the issuer")]
    [InlineData("wrong-key-expired-and-for-another-audience", "The token is not signed by the issuer")]
    [InlineData("crit", "The token cannot be read")]
    [InlineData("crit-empty", "The token cannot be read")]
    [InlineData("crit-no-list", "The token cannot be read")]
    [InlineData("crit-b64", "The token cannot be read")]
    [InlineData("header-twice", "The token cannot be read")]
    [InlineData("header-twice-escaped", "The token cannot be read")]
    [InlineData("claim-twice", "The token cannot be read")]
    [InlineData("claim-twice-inside", "The token cannot be read")]
    [InlineData("logout-token", "The token is no access token")]
    [InlineData("security-event", "The token is no access token")]
    [InlineData("proof", "The token is no access token")]
    [InlineData("type-empty", "The token is no access token")]
    [InlineData("id-token", "The token is no access token")]
    [InlineData("id-token-with-code", "The token is no access token")]
    [InlineData("logout-without-type", "The token is no access token")]
    public async Task A_token_that_is_not_valid_is_401_and_told_apart_by_one_of_five_sentences(string fault, string told)
    {
        using var answer = await sample.Service.Get("/v1/me", Faulty(fault));
        var problem = await SampleService.ReadProblem(Task.FromResult(answer), 401, "unauthenticated");

        answer.Headers.WwwAuthenticate.ToString().ShouldBe($"Bearer error=\"invalid_token\", error_description=\"{told}\"");
        problem.GetProperty("detail").GetString().ShouldStartWith($"{told}. Get a token");
    }

    [Theory]
    [InlineData("\"typ\":\"JWT\",", true, false)]
    [InlineData("\"typ\":\"jwt\",", true, false)]
    [InlineData("", true, false)]
    [InlineData("\"typ\":\"at+jwt\",", true, true)]
    [InlineData("\"typ\":\"AT+JWT\",", true, true)]
    [InlineData("\"typ\":\"application/at+jwt\",", true, true)]
    public async Task Of_the_types_an_access_tokens_are_taken_and_where_the_setting_says_so_only_its_own(string type, bool usually, bool whenRequired)
    {
        await using var strict = await TestService.Start(SampleService.Map, settings: [("Authentication:RequireAccessTokenType", "true"), ("Authentication:DevelopmentKeyFile", sample.Service.Tokens.PublicKeyFile)]);
        var token = Signed($$"""{"alg":"ES256",{{type}}"kid":"x"}""", Claims());

        (await sample.Service.StatusAsync(token)).ShouldBe(usually ? 200 : 401);
        (await strict.StatusAsync(token)).ShouldBe(whenRequired ? 200 : 401);
    }

    [Theory]
    [InlineData("not-yet-valid")]
    [InlineData("without-expiry")]
    public async Task Of_a_token_that_is_not_valid_for_another_reason_no_more_is_said_than_that(string fault)
    {
        using var answer = await sample.Service.Get("/v1/me", Faulty(fault));
        await SampleService.ReadProblem(Task.FromResult(answer), 401, "unauthenticated");

        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Without_a_token_there_is_no_error_to_tell()
    {
        using var answer = await sample.Service.Get("/v1/me", "");
        var problem = await SampleService.ReadProblem(Task.FromResult(answer), 401, "unauthenticated");

        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        problem.GetProperty("detail").GetString().ShouldStartWith("Get a token");
    }

    [Theory]
    [InlineData(null, "encounters.read", "officer")]
    [InlineData("", "encounters.read", "officer")]
    [InlineData("le", "encounters.read", "officer")]
    [InlineData("le:", "encounters.read", "officer")]
    [InlineData("le:ca0194200", "encounters.read", "officer")]
    [InlineData("county:603", "encounters.read", "officer")]
    [InlineData("county:06037\n", "encounters.read", "officer")]
    [InlineData("club:x", "encounters.read", "officer")]
    [InlineData("le:CA0194200", "encounters.read", null)]
    [InlineData("le:CA0194200", "encounters.read", "a\0b")]
    public async Task A_token_without_subject_or_well_formed_organization_is_403_and_told_which_claims_it_needs(string? org, string? scope, string? subject)
    {
        using var answer = await sample.Service.Get("/v1/me", sample.Service.Tokens.Issue(org, scope, subject));
        var problem = await SampleService.ReadProblem(Task.FromResult(answer), 403, "forbidden");

        problem.GetProperty("detail").GetString()!.ShouldContain("one 'sub' claim and one 'org' claim");
        answer.Headers.WwwAuthenticate.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/me", null, "'encounters.read'", "encounters.read")]
    [InlineData("/v1/me", "encounters.readers", "'encounters.read'", "encounters.read")]
    [InlineData("/v1/me", "Encounters.Read", "'encounters.read'", "encounters.read")]
    [InlineData("/v1/reports/reporter", "reports.read", "'reports.read reporter.read'", "reports.read reporter.read")]
    [InlineData("/v1/either", "reports.read", "'reports.read reporter.read' or 'offers.act'", "reports.read reporter.read", "offers.act")]
    public async Task A_token_without_the_scope_is_403_and_told_each_that_would_suffice(string path, string? scope, string told, params string[] sufficient)
    {
        var organization = path == "/v1/either" ? "state:ca" : "county:06037";
        using var answer = await sample.Service.Get(path, sample.Service.Tokens.Issue(organization, scope));
        var problem = await SampleService.ReadProblem(Task.FromResult(answer), 403, "forbidden");

        answer.Headers.WwwAuthenticate.Select(challenge => challenge.ToString()).ShouldBe(sufficient.Select(set => $"Bearer error=\"insufficient_scope\", scope=\"{set}\""));
        problem.GetProperty("detail").GetString()!.ShouldContain($"must carry the scope {told}.");
    }

    [Theory]
    [InlineData("/v1/either", "county:06037", "wrong kind: this is for provider or state:ca.")]
    [InlineData("/v1/reports/reporter", "provider:harbor-house", "wrong kind: this is for county or le.")]
    [InlineData("/v1/either", "state:nv", "only state:ca may do anything here")]
    [InlineData("/v1/me", "state:nv", "only state:ca may do anything here")]
    public async Task A_token_of_an_organization_that_may_not_call_is_403_and_told_that_no_scope_would_help(string path, string organization, string told)
    {
        foreach (var scope in new[] { "reports.read reporter.read offers.act", "feed.read" })
        {
            using var answer = await sample.Service.Get(path, sample.Service.Tokens.Issue(organization, scope));
            var problem = await SampleService.ReadProblem(Task.FromResult(answer), 403, "forbidden");

            answer.Headers.WwwAuthenticate.ShouldBeEmpty();
            problem.GetProperty("detail").GetString()!.ShouldContain(told);
        }
    }

    [Theory]
    [InlineData("le:CA0194200", "reports.read reporter.read", 200)]
    [InlineData("county:06037", "reporter.read reports.read other", 200)]
    [InlineData("provider:harbor-house", "reports.read reporter.read", 403)]
    [InlineData("le:CA0194200", "reports.read", 403)]
    [InlineData("le:CA0194200", "reporter.read", 403)]
    public async Task All_scopes_and_one_of_the_kinds_are_demanded(string org, string scope, int status)
    {
        using var answer = await sample.Service.Get("/v1/reports/reporter", sample.Service.Tokens.Issue(org, scope));

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("provider:harbor-house", "offers.act", 200)]
    [InlineData("provider:harbor-house", "reports.read reporter.read", 200)]
    [InlineData("state:ca", "offers.act", 200)]
    [InlineData("provider:harbor-house", "reports.read", 403)]
    [InlineData("provider:harbor-house", "reporter.read", 403)]
    [InlineData("state:nv", "offers.act", 403)]
    [InlineData("county:06037", "offers.act", 403)]
    public async Task One_of_several_alternatives_is_enough_and_an_organization_may_be_demanded_by_name(string org, string scope, int status)
    {
        using var answer = await sample.Service.Get("/v1/either", sample.Service.Tokens.Issue(org, scope));

        ((int)answer.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task An_anonymous_endpoint_knows_a_caller_that_shows_a_token_and_needs_none()
    {
        (await SampleService.Read(sample.Service.Get("/v1/problems/not-found", ""))).Status.ShouldBe(404);
        using var nobody = await sample.Service.Get("/v1/open", "");
        using var somebody = await sample.Service.Get("/v1/open");

        (await nobody.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("nobody");
        (await somebody.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("officer-7");
    }

    private string Faulty(string fault) => fault switch
    {
        "expired" => sample.Service.Tokens.Issue(change: token =>
            (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(-2))),
        "not-yet-valid" => sample.Service.Tokens.Issue(change: token => token.NotBefore = DateTime.UtcNow.AddMinutes(2)),
        "without-expiry" => WithoutExpiry(),
        "wrong-issuer" => sample.Service.Tokens.Issue(change: token => token.Issuer = "someone-else"),
        "wrong-audience" => sample.Service.Tokens.Issue(change: token => token.Audience = "someone-else"),
        "wrong-key" => sample.Service.Tokens.Issue(change: token =>
            token.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(Foreign), SecurityAlgorithms.EcdsaSha256)),
        "wrong-key-expired-and-for-another-audience" => sample.Service.Tokens.Issue(change: token =>
        {
            (token.NotBefore, token.Expires, token.Audience) = (DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(-2), "someone-else");
            token.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(Foreign), SecurityAlgorithms.EcdsaSha256);
        }),
        "unsigned" => sample.Service.Tokens.Issue(change: token => token.SigningCredentials = null),
        "public-key-as-secret" => sample.Service.Tokens.Issue(change: token => token.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(File.ReadAllText(sample.Service.Tokens.PublicKeyFile))), SecurityAlgorithms.HmacSha256)),
        "garbage" => "no token at all",
        "other-parts" => "e30.W10.AAAA",
        "no-claims" => sample.Service.Tokens.Issue().Split('.') is [var header, _, var signature] ? $"{header}.AAAA.{signature}" : "",
        "encrypted" => $"{Base64Url.EncodeToString("""{"alg":"dir","enc":"A128CBC-HS256"}"""u8)}..AAAA.AAAA.AAAA",
        "crit" => Signed("""{"alg":"ES256","typ":"JWT","crit":["harbor"],"harbor":1}""", Claims()),
        "crit-empty" => Signed("""{"alg":"ES256","crit":[]}""", Claims()),
        "crit-no-list" => Signed("""{"alg":"ES256","crit":"exp"}""", Claims()),
        "crit-b64" => Signed("""{"alg":"ES256","crit":["b64"],"b64":true}""", Claims()),
        "header-twice" => Signed("""{"alg":"ES256","kid":"a","kid":"b"}""", Claims()),
        "header-twice-escaped" => Signed("""{"alg":"ES256","typ":"JWT","t\u0079p":"JWT"}""", Claims()),
        "claim-twice" => Signed("""{"alg":"ES256"}""", Claims(""","org":"county:06037" """)),
        "claim-twice-inside" => Signed("""{"alg":"ES256"}""", Claims(""","realm_access":{"roles":["a"],"roles":["b"]}""")),
        "logout-token" => Signed("""{"alg":"ES256","typ":"logout+jwt"}""", Claims()),
        "security-event" => Signed("""{"alg":"ES256","typ":"secevent+jwt"}""", Claims()),
        "proof" => Signed("""{"alg":"ES256","typ":"dpop+jwt"}""", Claims()),
        "type-empty" => Signed("""{"alg":"ES256","typ":""}""", Claims()),
        "id-token" => Signed("""{"alg":"ES256","typ":"JWT"}""", Claims(""","nonce":"n","at_hash":"77QmUPtjPfzWtF2AnpK9RQ" """)),
        "id-token-with-code" => Signed("""{"alg":"ES256"}""", Claims(""","c_hash":"LDktKdoQak3Pk0cnXxCltA" """)),
        "logout-without-type" => Signed("""{"alg":"ES256"}""", Claims(""","events":{"http://schemas.openid.net/event/backchannel-logout":{}}""")),
        _ => "canary.jane.invented",
    };

    private static string Claims(string more = "") =>
        $$"""{"iss":"safeharbor-development","aud":"safeharbor","exp":{{DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()}},"sub":"officer-7","org":"le:CA0194200","scope":"encounters.read"{{more}}}""";

    /// <summary>A token of exactly this text, signed by the issuer.</summary>
    private string Signed(string header, string claims)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sample.Service.Tokens.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private string WithoutExpiry()
    {
        var handler = new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "safeharbor-development",
            Audience = "safeharbor",
            Claims = new Dictionary<string, object> { ["org"] = "le:CA0194200", ["scope"] = "encounters.read", ["sub"] = "officer-7" },
            SigningCredentials = sample.Service.Tokens.Own,
        });
    }
}
