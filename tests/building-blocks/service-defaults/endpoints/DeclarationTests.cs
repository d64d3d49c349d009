using Microsoft.AspNetCore.Builder;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Endpoints;

/// <summary>What an endpoint leaves out keeps its service from starting.</summary>
public sealed class DeclarationTests
{
    [Theory]
    [InlineData("GET", "ledger", "Records")]
    [InlineData("POST", "ledger", "Records")]
    [InlineData("POST", "repetition", "Idempotent")]
    [InlineData("PUT", "condition", "Conditional")]
    [InlineData("PATCH", "condition", "Conditional")]
    public async Task An_endpoint_that_leaves_out_what_its_method_asks_for_stops_the_start(string method, string leftOut, string toSay)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(app =>
        {
            var endpoint = app.MapMethods("/v1/forgotten", [method], () => "x").RequireScope("encounters.read");
            if (leftOut != "ledger")
                endpoint.RecordsNothing("Nothing is read.");
            if (leftOut != "repetition")
                endpoint.Repeatable("Nothing is done.");
            if (leftOut != "condition")
                endpoint.Unconditional("Nothing is changed.");
        }));

        refused.Message.ShouldContain("/v1/forgotten");
        refused.Message.ShouldContain(toSay);
    }

    [Fact]
    public async Task A_group_declares_for_its_endpoints_and_a_GET_needs_neither_repetition_nor_condition()
    {
        await using var service = await TestService.Start(app =>
            app.MapGroup("/v1/things").RequireScope("encounters.read").RecordsNothing("Nothing is read.").MapGet("", () => "x"));

        (await service.Get("/v1/things")).IsSuccessStatusCode.ShouldBeTrue();
    }
}
