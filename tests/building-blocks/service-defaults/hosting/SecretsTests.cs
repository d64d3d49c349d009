using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Hosting;

/// <summary>Secrets come from the environment or from files of their own, never from a file of settings.</summary>
public sealed class SecretsTests : IDisposable
{
    private const string Hidden = "canary-secret-invented";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safeharbor-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ConnectionStrings:Database", "Host=db;Username=intake;Password=" + Hidden)]
    [InlineData("ConnectionStrings:Database", "Host=db;pwd = " + Hidden)]
    [InlineData("ConnectionStrings:Broker", "amqps://intake:" + Hidden + "@rabbitmq/safeharbor")]
    [InlineData("Sealing:Key", Hidden)]
    [InlineData("Sealing:Keys:2026", Hidden)]
    [InlineData("Ledger:SigningKey", Hidden)]
    [InlineData("Kestrel:Certificates:Default:Password", Hidden)]
    [InlineData("Partners:0:ApiToken", Hidden)]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS", "authorization=" + Hidden)]
    [InlineData("Anything", "-----BEGIN PRIVATE KEY-----" + Hidden)]
    public async Task A_secret_in_a_settings_file_stops_the_start_and_is_not_repeated(string key, string value)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(async () => await (await StartAsync(key, value)).DisposeAsync());

        refused.Message.ShouldContain($"{key} in appsettings.json");
        refused.Message.ShouldContain("SafeHarbor:SecretsDirectory");
        refused.Message.ShouldNotContain(Hidden);
    }

    [Theory]
    [InlineData("ConnectionStrings:Database", "Host=db;Username=intake;Passfile=/run/secrets/pgpass")]
    [InlineData("ConnectionStrings:Broker", "amqps://rabbitmq/safeharbor")]
    [InlineData("Partner:KeyFile", "/run/secrets/partner.key")]
    [InlineData("Ledger:Key:File", "/run/secrets/ledger.key")]
    [InlineData("Sealing:Key", "")]
    [InlineData("Logging:LogLevel:Default", "Warning")]
    [InlineData("PublicAddress", "https://intake.example.org:8443/v1")]
    public async Task Where_a_secret_is_may_be_known(string key, string value)
    {
        await using var service = await StartAsync(key, value);

        service.Get<IConfiguration>()[key].ShouldBe(value);
    }

    [Fact]
    public async Task Secrets_are_read_from_a_file_each_and_win()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "ConnectionStrings__Database"), $"Host=db;Password={Hidden}\n", TestContext.Current.CancellationToken);
        await using var service = await TestService.Start(
            settings: [("SafeHarbor:SecretsDirectory", _folder.FullName), ("ConnectionStrings:Database", "Host=elsewhere")]);

        service.Get<IConfiguration>().GetConnectionString("Database").ShouldBe($"Host=db;Password={Hidden}");
    }

    [Fact]
    public async Task A_directory_of_secrets_that_is_not_there_stops_the_start()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: ("SafeHarbor:SecretsDirectory", "/nowhere/secrets")));

        refused.Message.ShouldContain("/nowhere/secrets");
    }

    private async Task<TestService> StartAsync(string key, string value)
    {
        var file = Path.Combine(_folder.FullName, "appsettings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new Dictionary<string, string> { [key] = value }), TestContext.Current.CancellationToken);
        return await TestService.Start(configure: builder => builder.Configuration.SetBasePath(_folder.FullName).AddJsonFile("appsettings.json"));
    }
}
