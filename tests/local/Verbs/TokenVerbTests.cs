using System.Text.Json;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Tests.Verbs;

public sealed class TokenVerbTests : IDisposable
{
    private readonly Checkout _checkout = new(Directory.CreateTempSubdirectory("safeharbor-").FullName);

    public void Dispose() => Directory.Delete(_checkout.Root, recursive: true);

    [Theory]
    [InlineData("conty:06037", "Did you mean 'county'?", "use le:<ORI>, county:<FIPS>")]
    [InlineData("county:06038", "Did you mean 'county:06031'?", "06037 Los Angeles")]
    [InlineData("da:los-angeles", "Did you mean 'da:06037'?", "06001 Alameda")]
    [InlineData("le:ca0194200", "Did you mean 'le:CA0194200'?", "two capitals and seven")]
    [InlineData("provider:Harbor_House", "Did you mean 'provider:harbor-house'?", "small letters")]
    [InlineData("state:nv", "Did you mean 'state:ca'?", "California's")]
    [InlineData("county", "Did you mean 'county'?", "county:<FIPS>")]
    public async Task An_organization_that_is_not_there_is_refused_by_name_with_the_nearest_and_with_what_there_is(string organization, string meant, string known)
    {
        var refused = await Should.ThrowAsync<FormatException>(() => RunAsync("--org", organization));

        refused.Message.ShouldStartWith($"'{organization}' is no organization");
        refused.Message.ShouldContain(meant);
        refused.Message.ShouldContain(known);
    }

    [Fact]
    public async Task What_is_like_nothing_known_is_refused_without_a_guess() =>
        (await Should.ThrowAsync<FormatException>(() => RunAsync("--org", "club:x"))).Message.ShouldNotContain("Did you mean");

    [Fact]
    public async Task A_scope_that_is_not_there_is_refused_by_name_with_the_nearest_and_the_list()
    {
        var refused = await Should.ThrowAsync<FormatException>(() => RunAsync("--org", "le:CA0194200", "--scope", "reports.read encounter.write"));

        refused.Message.ShouldStartWith("'encounter.write' is no scope. Did you mean 'encounters.write'?");
        refused.Message.ShouldContain("audit.read, capacity.write");
    }

    [Fact]
    public async Task Without_an_organization_it_says_how_one_is_named() =>
        (await Should.ThrowAsync<FormatException>(() => RunAsync())).Message.ShouldContain("--org county:06037");

    [Fact]
    public async Task A_token_is_explained_with_its_claims_its_end_and_what_it_may_call()
    {
        var token = (await RunAsync("--org", "county:6037", "--scope", "handoffs.read")).Trim();

        var said = await RunAsync("--explain", token);

        said.ShouldContain("county:06037, called by county:06037:developer");
        said.ShouldContain("UTC, in 11 h 59 min");
        said.ShouldContain("scopes    handoffs.read\n");
        said.ShouldContain("may call at county-routing\n");
        said.ShouldContain("\n  GET    /v1/handoffs ");
        said.ShouldNotContain("POST");
    }

    [Fact]
    public async Task An_organization_is_explained_as_its_token_would_be()
    {
        var explained = JsonDocument.Parse(await RunAsync("--org", "provider:harbor-house", "--explain", "--json")).RootElement;

        explained.GetProperty("refused").ValueKind.ShouldBe(JsonValueKind.Null);
        explained.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(AccessTable.ScopesByKind["provider"]);
        explained.GetProperty("mayCall").EnumerateObject().Sum(service => service.Value.GetArrayLength())
            .ShouldBe(AccessTable.Rows.Count(row => !row.IsOpen && row.AdmitsKind("provider")));
    }

    [Theory]
    [InlineData("expired", "The token has expired")]
    [InlineData("another checkout's", "The token is not signed by the issuer")]
    [InlineData("changed", "The token is not signed by the issuer")]
    public async Task A_token_that_is_not_taken_may_call_nothing_and_says_why(string fault, string why)
    {
        var keys = DevelopmentKeys.OfCheckout(fault == "another checkout's" ? new Checkout(Path.Combine(_checkout.Root, "another")) : _checkout);
        var token = keys.Token("county:06037", issuedAt: DateTimeOffset.UtcNow.AddDays(fault == "expired" ? -2 : 0));
        if (fault == "changed")
            token = token[..^4] + "AAAA";

        (await RunAsync("--explain", token)).ShouldContain($"may call  nothing: {why}");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("e30.W10.AAAA")]
    public async Task What_is_no_token_cannot_be_read(string token) =>
        (await Should.ThrowAsync<FormatException>(() => RunAsync("--explain", token))).Message.ShouldStartWith("The token cannot be read");

    private async Task<string> RunAsync(params string[] words)
    {
        var output = new StringWriter { NewLine = "\n" };
        (await LauncherCommand.Create(_checkout).Parse(["token", .. words])
            .InvokeAsync(new() { Output = output, EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken)).ShouldBe(0);
        return output.ToString();
    }
}
