using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using SafeHarbor.Load;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>One address holds ten thousand connections; another reports all the same, each time over a new connection.</summary>
public sealed class FloodTests
{
    private const int Connections = 10_000;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FloodKind.Silent)]
    [InlineData(FloodKind.Idle)]
    [InlineData(FloodKind.Gone)]
    public async Task While_one_address_holds_ten_thousand_connections_every_report_of_another_is_taken(FloodKind kind)
    {
        await using var service = await TestService.Start(app => app.MapPost("/v1/encounters", () => Microsoft.AspNetCore.Http.TypedResults.Created()).RequireScope("encounters.write").Plain());
        using var officer = new HttpClient(Elsewhere.From("127.0.0.2", TimeSpan.Zero)) { BaseAddress = service.Address };
        using var probe = new HttpClient(Elsewhere.From("127.0.0.3", TimeSpan.Zero)) { BaseAddress = service.Address };
        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Tokens.Issue());
        await using var flood = Flood.Start(service.Address, kind, Connections);

        var reports = 0;
        while (flood.Opened < Connections || reports < 10)
        {
            using var reported = await officer.PostAsync("/v1/encounters", null, Cancellation);
            reported.StatusCode.ShouldBe(HttpStatusCode.Created);
            using var health = await probe.GetAsync("/health/ready", Cancellation);
            health.StatusCode.ShouldBe(HttpStatusCode.OK);
            reports++;
            await Task.Delay(Between, Cancellation);
        }
    }
}
