using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Hosting;

public sealed class DevelopmentOnlyTests
{
    [Theory]
    [InlineData("SafeHarbor:SampleData", "true")]
    [InlineData("ConnectionStrings:Database", "Host=postgres;Username=safeharbor;Password=development")]
    [InlineData("ConnectionStrings:Owner", "Host=postgres;password='Postgres' ;Database=x")]
    [InlineData("ConnectionStrings:Broker", "amqp://safeharbor:development@rabbitmq:5672/safeharbor")]
    [InlineData("ConnectionStrings:Broker", "amqps://guest:guest@rabbitmq")]
    public async Task What_is_for_trying_out_does_not_start_in_production_but_elsewhere(string setting, string value)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(async () => await (await StartAsync("Production", setting, value)).DisposeAsync());
        refused.Message.ShouldContain(setting);
        refused.Message.ShouldContain("Production");

        await using var elsewhere = await StartAsync("Development", setting, value);
    }

    [Theory]
    [InlineData("SafeHarbor:SampleData", "false")]
    [InlineData("ConnectionStrings:Database", "Host=postgres;Username=development;Password=developments")]
    [InlineData("ConnectionStrings:Broker", "amqps://guest:Zq3v@rabbitmq/development")]
    public async Task Production_takes_what_is_its_own(string setting, string value)
    {
        await using var service = await StartAsync("Production", setting, value);
    }

    private static Task<TestService> StartAsync(string environment, string setting, string value) => TestService.Start(
        environment: environment,
        settings: environment == "Production"
            ? [(setting, value), ("Authentication:Authority", "https://issuer.example"), ("Authentication:DevelopmentKeyFile", null)]
            : [(setting, value)]);
}
