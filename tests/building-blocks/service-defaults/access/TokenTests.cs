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
    [InlineData("none")]
    [InlineData("expired")]
    [InlineData("not-yet-valid")]
    [InlineData("without-expiry")]
    [InlineData("wrong-issuer")]
    [InlineData("wrong-audience")]
    [InlineData("wrong-key")]
    [InlineData("unsigned")]
    [InlineData("public-key-as-secret")]
    [InlineData("garbage")]
    public async Task A_token_that_is_not_valid_is_401_and_all_of_them_look_the_same(string fault)
    {
        var problem = await SampleService.ReadProblem(sample.Service.Get("/v1/me", Faulty(fault)), 401, "unauthenticated");

        var none = await SampleService.ReadProblem(sample.Service.Get("/v1/me", ""), 401, "unauthenticated");
        problem.GetProperty("detail").GetString().ShouldBe(none.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_refusal_says_that_a_bearer_token_is_wanted_and_nothing_about_the_one_sent()
    {
        using var answer = await sample.Service.Get("/v1/me", Faulty("expired"));

        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
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
    [InlineData("le:CA0194200", null, "officer")]
    [InlineData("le:CA0194200", "encounters.readers", "officer")]
    [InlineData("le:CA0194200", "Encounters.Read", "officer")]
    [InlineData("le:CA0194200", "encounters.read", null)]
    [InlineData("le:CA0194200", "encounters.read", "a\0b")]
    public async Task A_token_without_scope_subject_or_well_formed_organization_is_403(string? org, string? scope, string? subject)
    {
        var problem = await SampleService.ReadProblem(
            sample.Service.Get("/v1/me", sample.Service.Tokens.Issue(org, scope, subject)), 403, "forbidden");

        problem.GetProperty("detail").GetString()!.ShouldContain("encounters.read");
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
        if (status == 403)
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("state:ca");
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
        "none" => "",
        "expired" => sample.Service.Tokens.Issue(change: token =>
            (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(-10), DateTime.UtcNow.AddMinutes(-2))),
        "not-yet-valid" => sample.Service.Tokens.Issue(change: token => token.NotBefore = DateTime.UtcNow.AddMinutes(2)),
        "without-expiry" => WithoutExpiry(),
        "wrong-issuer" => sample.Service.Tokens.Issue(change: token => token.Issuer = "someone-else"),
        "wrong-audience" => sample.Service.Tokens.Issue(change: token => token.Audience = "someone-else"),
        "wrong-key" => sample.Service.Tokens.Issue(change: token =>
            token.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(Foreign), SecurityAlgorithms.EcdsaSha256)),
        "unsigned" => sample.Service.Tokens.Issue(change: token => token.SigningCredentials = null),
        "public-key-as-secret" => sample.Service.Tokens.Issue(change: token => token.SigningCredentials = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(File.ReadAllText(sample.Service.Tokens.PublicKeyFile))), SecurityAlgorithms.HmacSha256)),
        _ => "canary.jane.invented",
    };

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
