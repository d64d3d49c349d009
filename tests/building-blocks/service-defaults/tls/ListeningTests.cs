using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using SafeHarbor.Local.Tls;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;
using SafeHarbor.TestServers;

namespace SafeHarbor.ServiceDefaults.Tests.Tls;

public sealed class ListeningTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    private TrustedAuthority Believed => TrustedAuthority.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["file"] = _authority.File }).Build(), "file")!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?, string?> Addresses => new()
    {
        // environment, urls, a further setting, its value
        { "Production", "http://0.0.0.0:0", null, null },
        { "Production", "http://*:0", null, null },
        { "Production", "http://[::]:0", null, null },
        { "Production", "https://localhost:0;http://somewhere.example:0", null, null },
        { "Staging", "http://0.0.0.0:0", null, null },
        { "Production", "", "http_ports", "8080" },
        { "Production", "http://127.0.0.1:0", "Kestrel:Endpoints:Plain:Url", "http://0.0.0.0:0" },
        { "Production", "http://127.0.0.1:0", "Tls:Required", "true" },
        { "Development", "http://127.0.0.1:0", "Tls:Required", "true" },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Where_others_could_listen_in_a_service_does_not_listen_without_TLS(string environment, string urls, string? setting, string? value)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(async () =>
            await (await TestService.Start(environment: environment, settings: [("urls", urls), (setting ?? "nothing", value), .. Tokens(environment)])).DisposeAsync());

        refused.Message.ShouldContain("Kestrel:Endpoints:Https:Certificate:Path");
        refused.Message.ShouldContain("Tls:TerminatedByProxy");
    }

    [Theory]
    [InlineData("Development", "http://0.0.0.0:0", null, null)]
    [InlineData("Production", "http://127.0.0.1:0", null, null)]
    [InlineData("Production", "http://[::1]:0", null, null)]
    [InlineData("Production", "http://0.0.0.0:0", "Tls:TerminatedByProxy", "true")]
    // Kestrel's own section is what counts, when it is there.
    [InlineData("Production", "http://0.0.0.0:0", "Kestrel:Endpoints:Here:Url", "http://127.0.0.1:0")]
    public async Task On_this_machine_in_development_and_behind_a_proxy_it_does(string environment, string urls, string? setting, string? value)
    {
        await using var service = await TestService.Start(environment: environment, settings: [("urls", urls), (setting ?? "nothing", value), .. Tokens(environment)]);

        service.Client.BaseAddress!.Scheme.ShouldBe("http");
    }

    [Fact]
    public async Task With_a_certificate_it_answers_over_TLS_and_not_otherwise_and_says_so_in_its_address()
    {
        var file = Path.GetTempFileName();
        await using var service = await StartAsync(_authority.Authority.Server("service"), ("SafeHarbor:AddressFile", file));
        var address = new Uri(await File.ReadAllTextAsync(file, Cancellation));
        using var plain = new HttpClient();

        address.Scheme.ShouldBe("https");
        (await ShownAsync(address)).ShouldNotBeEmpty();
        await Should.ThrowAsync<HttpRequestException>(() => plain.GetAsync($"http://127.0.0.1:{address.Port}/health/live", Cancellation));
        File.Delete(file);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_without_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var files = new CertificateFiles(Path.Combine(folder, "service.pem"), Path.Combine(folder, "service.key"));
        Replace(files, _authority.Authority.Server("first"));
        await using var service = await StartAsync(files);
        var before = await ShownAsync(service.Client.BaseAddress!);

        Replace(files, _authority.Authority.Server("second"));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ShownAsync(service.Client.BaseAddress!) is not { Length: > 0 } now || now == before)
            await Task.Delay(100, limit.Token);
        Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => _authority.Dispose();

    // Kestrel listens anew when the certificate has changed: at a port that stays.
    private static Task<TestService> StartAsync(CertificateFiles files, params (string, string?)[] settings) => TestService.Start(settings:
    [
        ("Kestrel:Endpoints:Https:Url", $"https://127.0.0.1:{FreePort()}"), ("Kestrel:Endpoints:Https:Certificate:Path", files.Certificate),
        ("Kestrel:Endpoints:Https:Certificate:KeyPath", files.Key), ("Tls:Required", "true"), .. settings,
    ]);

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static (string, string?)[] Tokens(string environment) => environment == "Production"
        ? [("Authentication:Authority", "https://issuer.example"), ("Authentication:DevelopmentKeyFile", null)]
        : [];

    /// <summary>As a renewal does it: the key first, both whole.</summary>
    private static void Replace(CertificateFiles files, CertificateFiles by)
    {
        foreach (var (to, from) in new[] { (files.Key, by.Key), (files.Certificate, by.Certificate) })
        {
            File.Copy(from, to + ".new", overwrite: true);
            File.Move(to + ".new", to, overwrite: true);
        }
    }

    /// <summary>The certificate that is shown; empty while nobody answers.</summary>
    private async Task<string> ShownAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, Cancellation);
            await using var tls = new SslStream(client.GetStream(), false, Believed.Vouches);
            await tls.AuthenticateAsClientAsync(address.Host);
            return tls.RemoteCertificate is X509Certificate2 shown ? shown.Thumbprint : "";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return "";
        }
    }
}
