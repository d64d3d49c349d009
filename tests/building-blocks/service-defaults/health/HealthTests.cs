using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SafeHarbor.ServiceDefaults.Tests.Health;

public sealed class HealthTests
{
    private static readonly string[] Ready = ["ready"];

    [Fact]
    public async Task A_service_without_checks_is_live_and_ready()
    {
        await using var service = await TestService.Start();

        (await SampleService.Read(service.Get("/health/live", ""))).Status.ShouldBe(200);
        (await SampleService.Read(service.Get("/health/ready", ""))).Body.GetRawText().ShouldBe("""{"status":"Healthy","checks":{"issuer-keys":"Healthy"}}""");
    }

    [Fact]
    public async Task A_failing_check_makes_it_unready_but_not_dead_and_its_exception_stays_inside()
    {
        await using var service = await TestService.Start(configure: builder => builder.Services.AddHealthChecks()
            .AddCheck("database", () => throw new InvalidOperationException(SampleService.Secret), Ready)
            .AddCheck("bus", () => HealthCheckResult.Degraded(SampleService.Secret), Ready)
            .AddCheck("other", () => HealthCheckResult.Unhealthy()));

        var (ready, body) = await SampleService.Read(service.Get("/health/ready", ""));

        ready.ShouldBe(503);
        body.GetRawText().ShouldBe("""{"status":"Unhealthy","checks":{"issuer-keys":"Healthy","database":"Unhealthy","bus":"Degraded"}}""");
        (await SampleService.Read(service.Get("/health/live", ""))).Status.ShouldBe(200);
    }
}
