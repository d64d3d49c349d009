using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting.Internal;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Telemetry;

namespace SafeHarbor.ServiceDefaults.Tests.Telemetry;

public sealed class CollectorTests
{
    [Theory]
    [InlineData("Production", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.example:4317")]
    [InlineData("Production", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://collector.example:4318/v1/logs")]
    [InlineData("Production", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://10.0.0.7:4317")]
    [InlineData("Production", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "grpc://collector.example:4317")]
    [InlineData("Development", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317", "true")]
    public void Telemetry_does_not_leave_the_machine_without_TLS(string environment, string setting, string value, string required = "false")
    {
        var refused = Should.Throw<StartRefusedException>(() => Check(environment, (setting, value), ("Tls:Required", required)));

        refused.Message.ShouldStartWith(setting);
        refused.Message.ShouldContain("https://");
    }

    [Theory]
    [InlineData("Production", "https://collector.example:4317")]
    [InlineData("Production", "http://127.0.0.1:4317")]
    [InlineData("Development", "http://collector:4317")]
    [InlineData("Production", "")]
    public void Over_TLS_on_this_machine_and_in_development_it_is_sent(string environment, string value) =>
        Should.NotThrow(() => Check(environment, ("OTEL_EXPORTER_OTLP_ENDPOINT", value)));

    [Fact]
    public void What_is_no_address_is_refused_with_an_example() =>
        Should.Throw<StartRefusedException>(() => Check("Development", ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector"))).Message.ShouldContain("https://collector.example:4317");

    [Fact]
    public async Task The_service_itself_asks_before_it_starts() =>
        (await Should.ThrowAsync<StartRefusedException>(async () => await (await TestService.Start(
            settings: [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"), ("Tls:Required", "true"), ("Tls:TerminatedByProxy", "true")])).DisposeAsync())).Message.ShouldStartWith("OTEL_EXPORTER_OTLP_ENDPOINT");

    private static void Check(string environment, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value)).Build();
        new CollectorCheck(configuration, new(configuration, new HostingEnvironment { EnvironmentName = environment })).Check();
    }
}
