using Microsoft.Extensions.Configuration;
using OpenTelemetry.Resources;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.Telemetry;

namespace SafeHarbor.ServiceDefaults.Tests.Sandboxing;

public sealed class SandboxTests(SampleService sample)
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("false", false)]
    [InlineData("true", true)]
    public void The_setting_says_whether_it_is_one(string? value, bool isOn) => Of(value).IsOn.ShouldBe(isOn);

    [Fact]
    public void Another_word_is_refused() => Should.Throw<StartRefusedException>(() => Of("yes")).Message.ShouldStartWith("Sandbox is neither true nor false.");

    [Theory]
    [InlineData("213-639-4500", "213-555-0100")]
    [InlineData("+1 (800) 540-4042", "800-555-0142")]
    [InlineData("1-888-373-7888", "888-555-0188")]
    [InlineData("211 112", "555-0112")]
    [InlineData("213-555-0137", "213-555-0137")]
    [InlineData("+1-213-555-0137", "+1-213-555-0137")]
    [InlineData("213-555-01379", "555-0179")]
    public void In_a_sandbox_no_number_reaches_anybody(string phone, string shown)
    {
        new Sandbox(true).Phone(phone).ShouldBe(shown);
        new Sandbox(false).Phone(phone).ShouldBe(phone);
    }

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/v1/me", 401)]
    [InlineData("/v1/nowhere", 404)]
    public async Task Every_answer_of_a_sandbox_says_so_and_no_other(string path, int status)
    {
        await using var sandbox = await TestService.Start(SampleService.Map, settings: [("Sandbox", "true")]);

        using var tests = await sandbox.Get(path, "");
        using var reports = await sample.Service.Get(path, "");

        ((int)tests.StatusCode).ShouldBe(status);
        tests.Headers.GetValues("Sandbox").ShouldBe(["true"]);
        reports.Headers.Contains("Sandbox").ShouldBeFalse();
    }

    [Fact]
    public async Task In_production_invented_counties_are_for_a_sandbox_alone()
    {
        (string, string?)[] production = [("SafeHarbor:SampleData", "true"), ("Authentication:Authority", "https://issuer.example"), ("Authentication:DevelopmentKeyFile", null)];

        await using var sandbox = await TestService.Start(environment: "Production", settings: [.. production, ("Sandbox", "true")]);
        await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(environment: "Production", settings: production));
    }

    [Fact]
    public void What_a_sandbox_measures_is_told_apart()
    {
        Attributes(isSandbox: true).ShouldContain(new KeyValuePair<string, object>("safeharbor.sandbox", true));
        Attributes(isSandbox: false).ShouldNotContain(attribute => attribute.Key == "safeharbor.sandbox");
    }

    private static IEnumerable<KeyValuePair<string, object>> Attributes(bool isSandbox) => TelemetryExtensions.Describe(ResourceBuilder.CreateEmpty(), "sample", isSandbox).Build().Attributes;

    private static Sandbox Of(string? value) => new ConfigurationBuilder().AddInMemoryCollection([new("Sandbox", value)]).Build().ReadSandbox();
}
