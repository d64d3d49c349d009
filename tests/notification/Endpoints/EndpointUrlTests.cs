using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Notification.Tests.Endpoints;

public sealed class EndpointUrlTests
{
    [Theory]
    [InlineData("https://notices.example.org/safeharbor?key=1", null, null)]
    [InlineData("https://notices.example.org:8443", null, null)]
    [InlineData("https://8.8.8.8/hook", null, null)]
    [InlineData(null, "required", "required")]
    [InlineData("", "required", "required")]
    [InlineData("notices.example.org/hook", "not-absolute", "not-absolute")]
    [InlineData("/hook", "not-absolute", "not-absolute")]
    [InlineData(" https://notices.example.org", "not-absolute", "not-absolute")]
    [InlineData("https://", "not-absolute", "not-absolute")]
    [InlineData("ftp://notices.example.org/hook", "not-https", "not-https")]
    [InlineData("http://notices.example.org/hook", "not-https", "not-https")]
    [InlineData("http://127.0.0.1:5000/hook", null, "not-https")]
    [InlineData("http://localhost/hook", null, "not-https")]
    [InlineData("http://10.0.0.1/hook", "not-https", "not-https")]
    [InlineData("https://user:word@notices.example.org", "user-info", "user-info")]
    [InlineData("https://notices.example.org/#part", "fragment", "fragment")]
    [InlineData("https://notices.example.org/#", "fragment", "fragment")]
    [InlineData("https://localhost/hook", null, "not-public")]
    [InlineData("https://10.0.0.1/hook", null, "not-public")]
    [InlineData("https://169.254.169.254/latest", null, "not-public")]
    [InlineData("https://[::1]/hook", null, "not-public")]
    [InlineData("https://[::ffff:10.0.0.1]/hook", null, "not-public")]
    [InlineData("https://2130706433/hook", null, "not-public")]
    [InlineData("https://0x7f000001/hook", null, "not-public")]
    [InlineData("https://0177.0.0.1/hook", null, "not-public")]
    [InlineData("https://127.1/hook", null, "not-public")]
    [InlineData("https://0/hook", null, "not-public")]
    [InlineData("https://127.0.0.1./hook", null, "not-public")]
    [InlineData("https://[::ffff:a9fe:a9fe]/latest", null, "not-public")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/latest", null, "not-public")]
    [InlineData("https://notices.example.org@10.0.0.1/hook", "user-info", "user-info")]
    public void What_may_be_an_address(string? url, string? inDevelopment, string? elsewhere)
    {
        CodeOf(url, Environments.Development).ShouldBe(inDevelopment);
        CodeOf(url, Environments.Staging).ShouldBe(elsewhere);
        CodeOf(url, Environments.Production).ShouldBe(elsewhere);
    }

    [Theory]
    [InlineData(2000, null)]
    [InlineData(2001, "too-long")]
    public void At_most_2000_characters(int length, string? code) =>
        CodeOf("https://notices.example.org/".PadRight(length, 'a'), Environments.Production).ShouldBe(code);

    [Theory]
    [InlineData("http://127.0.0.1:5000/hook", "not-https")]
    [InlineData("https://127.0.0.1:5000/hook", null)]
    public void Where_TLS_is_required_not_even_this_machine_is_told_without(string url, string? code) =>
        CodeOf(url, Environments.Development, tlsRequired: true).ShouldBe(code);

    private static string? CodeOf(string? url, string environment, bool tlsRequired = false)
    {
        var errors = new ValidationErrors();
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Tls:Required"] = tlsRequired.ToString() }).Build();
        EndpointUrl.Check(url, new Destinations(new Place(environment), settings, new PlainConnections(settings, new Place(environment))), errors);
        errors.All.ShouldAllBe(error => error.Pointer == "/url");
        return errors.All.SingleOrDefault()?.Code;
    }

    internal sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "notification";
        public string ContentRootPath { get; set; } = "/";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
