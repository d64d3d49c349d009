using MassTransit.UsageTracking;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Nothing phones home: MassTransit's usage telemetry is off in code, and the environment cannot switch it on again.</summary>
public sealed class TelemetryTests
{
    [Theory]
    [InlineData(null), InlineData("false"), InlineData("true")]
    public async Task Usage_telemetry_is_off_whatever_the_environment_says(string? environment)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var before = Environment.GetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY");
        Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", environment);
        try
        {
            await using var database = await TestDatabase.MigratedAsync<TestDb>(cancellation);
            await using var broker = await TestBroker.DeclaredAsync(cancellation);
            await using var service = await TestService.StartAsync(database, broker.Address, _ => { }, new Told(), cancellation);

            service.Services.GetRequiredService<IUsageTracker>().ShouldBeOfType<UsageTracker>().Enabled.ShouldBeFalse();
            Environment.GetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY").ShouldBe("false");
        }
        finally
        {
            Environment.SetEnvironmentVariable("MASSTRANSIT_USAGE_TELEMETRY", before);
        }
    }
}
