using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

public sealed class StartTests
{
    [Fact]
    public async Task An_endpoint_that_says_nothing_about_its_callers_stops_the_start()
    {
        var refused = await Refused(TestService.Start(app =>
        {
            app.MapGet("/v1/guarded", () => "x").RequireScope("encounters.read").Plain();
            app.MapGroup("/v1/forgotten").MapPost("/{id}", (Guid id) => id);
        }));

        refused.Message.ShouldContain("POST /v1/forgotten/{id}");
        refused.Message.ShouldNotContain("guarded");
    }

    [Fact]
    public async Task An_endpoint_that_the_description_leaves_out_stops_the_start()
    {
        var refused = await Refused(TestService.Start(app => app.MapGet("/v1/hidden", () => "x").RequireScope("encounters.read").Plain().ExcludeFromDescription()));

        refused.Message.ShouldContain("/v1/hidden");
    }

    [Fact]
    public async Task A_policy_without_scope_does_not_guard_enough()
    {
        var refused = await Refused(TestService.Start(app => app.MapGet("/v1/anyone", () => "x").RequireAuthorization()));

        refused.Message.ShouldContain("/v1/anyone");
    }

    [Fact]
    public async Task A_service_that_forgets_UseServiceDefaults_does_not_start()
    {
        using var tokens = new Tokens();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Authentication:DevelopmentKeyFile"] = tokens.PublicKeyFile;
        builder.AddServiceDefaults("sample");
        await using var app = builder.Build();

        var refused = await Should.ThrowAsync<StartRefusedException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        refused.Message.ShouldContain("UseServiceDefaults");
    }

    [Fact]
    public async Task Production_refuses_the_development_key()
    {
        var refused = await Refused(TestService.Start(environment: "Production"));

        refused.Message.ShouldContain("Authentication:DevelopmentKeyFile");
        refused.Message.ShouldContain("Authentication:Authority");
    }

    [Fact]
    public async Task Production_refuses_the_development_key_beside_an_authority_too() =>
        await Refused(TestService.Start(environment: "Production", settings: ("Authentication:Authority", "https://issuer.example")));

    [Fact]
    public async Task Production_starts_with_an_authority()
    {
        await using var service = await TestService.Start(
            environment: "Production",
            settings: [("Authentication:Authority", "https://issuer.example"), ("Authentication:DevelopmentKeyFile", null)]);

        using var answer = await service.Get("/health/live", "");

        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData(null, null, "Authentication:Authority")]
    [InlineData("https://issuer.example", "/nowhere/key.pem", "not both")]
    [InlineData(null, "/nowhere/key.pem", "P-256")]
    public async Task Without_usable_token_settings_a_service_does_not_start(string? authority, string? keyFile, string says)
    {
        var refused = await Refused(TestService.Start(
            settings: [("Authentication:Authority", authority), ("Authentication:DevelopmentKeyFile", keyFile)]));

        refused.Message.ShouldContain(says);
    }

    [Fact]
    public void A_misspelt_kind_of_organization_is_an_error_of_the_program()
    {
        var app = WebApplication.CreateBuilder().Build();

        Should.Throw<ArgumentException>(() => app.MapGet("/v1/x", () => "x").RequireScope("encounters.read", kinds: "police").Plain()).Message.ShouldContain("police");
        Should.Throw<ArgumentException>(() => app.MapGet("/v1/x", () => "x").RequireScope(" ").Plain());
        Should.Throw<ArgumentException>(() => app.MapGet("/v1/x", () => "x").RequireScope("encounters.read |").Plain());
        Should.Throw<ArgumentException>(() => app.MapGet("/v1/x", () => "x").RequireScope("encounters.read", kinds: "state:ca").Plain());
    }

    private static async Task<StartRefusedException> Refused(Task<TestService> starting) =>
        await Should.ThrowAsync<StartRefusedException>(async () => await (await starting).DisposeAsync());
}
