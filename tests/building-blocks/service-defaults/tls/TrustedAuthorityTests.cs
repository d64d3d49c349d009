using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using SafeHarbor.Local.Tls;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;
using SafeHarbor.TestServers;

namespace SafeHarbor.ServiceDefaults.Tests.Tls;

/// <summary>Real handshakes with a server that shows what a test gives it.</summary>
public sealed class TrustedAuthorityTests : IDisposable
{
    private readonly TestAuthority _ours = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_authority_has_signed_is_believed_under_each_of_its_names()
    {
        var server = _ours.Authority.Server("server", "db.example.org");

        (await IsBelievedAsync(server, "localhost")).ShouldBeTrue();
        (await IsBelievedAsync(server, "127.0.0.1")).ShouldBeTrue();
        (await IsBelievedAsync(server, "db.example.org")).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_name_is_not_believed() =>
        (await IsBelievedAsync(_ours.Authority.Server("server"), "db.example.org")).ShouldBeFalse();

    [Fact]
    public async Task Another_authority_s_certificate_is_not_believed()
    {
        using var another = new TestAuthority();

        (await IsBelievedAsync(another.Authority.Server("server"), "localhost")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_expired_certificate_is_not_believed()
    {
        using var then = new TestAuthority(DateTimeOffset.UtcNow.AddDays(-40));

        (await IsBelievedAsync(then.Authority.Server("server"), "localhost", then.File)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_s_certificate_does_not_make_a_server() =>
        (await IsBelievedAsync(_ours.Authority.Client("localhost"), "localhost")).ShouldBeFalse();

    [Theory]
    [InlineData("/nowhere/authority.pem")]
    [InlineData("/dev/null")]
    public void A_file_without_a_certificate_stops_the_start(string file) =>
        Should.Throw<StartRefusedException>(() => TrustedAuthority.Read(Settings(file), "Tls:AuthorityFile")).Message.ShouldContain("Tls:AuthorityFile");

    [Fact]
    public void Without_a_file_the_machine_s_authorities_are_left_to_decide() =>
        TrustedAuthority.Read(Settings(""), "Tls:AuthorityFile").ShouldBeNull();

    public void Dispose() => _ours.Dispose();

    private async Task<bool> IsBelievedAsync(CertificateFiles shown, string host, string? authority = null)
    {
        using var certificate = X509Certificate2.CreateFromPemFile(shown.Certificate, shown.Key);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, certificate);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, Cancellation);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                RemoteCertificateValidationCallback = TrustedAuthority.Read(Settings(authority ?? _ours.File), "Tls:AuthorityFile")!.Vouches,
            }, Cancellation);
            return true;
        }
        catch (AuthenticationException)
        {
            return false;
        }
        finally
        {
            client.Close();
            await serving;
        }
    }

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, Cancellation);
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The other side did not believe it.
        }
    }

    private static IConfiguration Settings(string file) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Tls:AuthorityFile"] = file }).Build();
}
