using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>Tokens bound to a client's certificate (RFC 8705), over real TLS connections.</summary>
public sealed class BoundTokenTests : IDisposable
{
    private static readonly (string, string?) Allow = ("Authentication:ClientCertificates", "Allow");
    private static readonly (string, string?) Required = ("Authentication:RequireCertificateBoundTokens", "true");
    private static readonly (string, string?) ByHeader = ("Authentication:ClientCertificateHeader", "Client-Cert");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("safeharbor-tls-");
    private readonly X509Certificate2 _own = Certificate("records-system");
    private readonly X509Certificate2 _other = Certificate("records-system");

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_bound_token_is_taken_on_a_connection_with_its_certificate_and_on_no_other()
    {
        await using var service = await StartAsync(Allow);
        var token = service.Tokens.Issue(change: Bind(Thumbprint(_own)));

        // Again afterwards: that the token was just taken must not carry over to another connection.
        for (var i = 0; i < 2; i++)
        {
            (await StatusAsync(service, token, _own)).ShouldBe(200);
            (await StatusAsync(service, token, _other)).ShouldBe(401);
            (await StatusAsync(service, token, null)).ShouldBe(401);
        }
    }

    [Fact]
    public async Task A_refused_bound_token_looks_like_any_other_that_is_not_valid()
    {
        await using var service = await StartAsync(Allow);
        using var http = Client(_other);
        using var request = Request(service, service.Tokens.Issue(change: Bind(Thumbprint(_own))));

        await SampleService.ReadProblem(http.SendAsync(request, TestContext.Current.CancellationToken), 401, "unauthenticated");
    }

    [Fact]
    public async Task An_unbound_token_is_taken_unless_only_bound_ones_are()
    {
        await using var lenient = await StartAsync(Allow);
        await using var strict = await StartAsync(Allow, Required);

        (await StatusAsync(lenient, lenient.Tokens.Issue(), null)).ShouldBe(200);
        (await StatusAsync(strict, strict.Tokens.Issue(), null)).ShouldBe(401);
        (await StatusAsync(strict, strict.Tokens.Issue(), _own)).ShouldBe(401);
        (await StatusAsync(strict, strict.Tokens.Issue(change: Bind(Thumbprint(_own))), _own)).ShouldBe(200);
    }

    [Fact]
    public async Task A_binding_that_cannot_be_checked_is_not_ignored()
    {
        await using var service = await StartAsync(Allow);
        var confirmations = new object?[]
        {
            new Dictionary<string, object> { ["jkt"] = Thumbprint(_own) },
            new Dictionary<string, object> { ["x5t#S256"] = 1 },
            new Dictionary<string, object> { ["x5t#S256"] = "" },
            new[] { new Dictionary<string, object> { ["x5t#S256"] = Thumbprint(_own) }, new Dictionary<string, object> { ["x5t#S256"] = Thumbprint(_other) } },
            Thumbprint(_own),
            null,
        };

        foreach (var confirmation in confirmations)
            (await StatusAsync(service, service.Tokens.Issue(change: token => token.Claims["cnf"] = confirmation!), _own)).ShouldBe(401);
    }

    [Fact]
    public async Task When_certificates_are_required_there_is_no_connection_without_one()
    {
        await using var service = await StartAsync(("Authentication:ClientCertificates", "Require"));

        (await StatusAsync(service, service.Tokens.Issue(), _own)).ShouldBe(200);
        await Should.ThrowAsync<HttpRequestException>(() => StatusAsync(service, service.Tokens.Issue(), null));
    }

    [Fact]
    public async Task A_proxys_word_for_the_certificate_counts_only_where_it_is_trusted()
    {
        var header = $":{Convert.ToBase64String(_own.RawData)}:";
        await using var behind = await StartAsync(ByHeader, Required);
        await using var direct = await StartAsync(Allow);
        var token = behind.Tokens.Issue(change: Bind(Thumbprint(_own)));

        (await StatusAsync(behind, token, null, header)).ShouldBe(200);
        foreach (var wrong in new[] { null, $":{Convert.ToBase64String(_other.RawData)}:", header.Trim(':'), ":=:", "" })
            (await StatusAsync(behind, token, _own, wrong)).ShouldBe(401, "the connection's own certificate is the proxy's");
        (await StatusAsync(direct, direct.Tokens.Issue(change: Bind(Thumbprint(_own))), null, header)).ShouldBe(401);
    }

    [Theory]
    [InlineData("Authentication:RequireCertificateBoundTokens", "true", "no certificate can be shown")]
    [InlineData("Authentication:ClientCertificates", "maybe", "None, Allow or Require")]
    public async Task Settings_under_which_no_token_could_be_taken_stop_the_start(string setting, string value, string says)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: (setting, value)));

        refused.Message.ShouldContain(says);
    }

    private static Action<Microsoft.IdentityModel.Tokens.SecurityTokenDescriptor> Bind(string thumbprint) =>
        token => token.Claims["cnf"] = new Dictionary<string, object> { ["x5t#S256"] = thumbprint };

    private static string Thumbprint(X509Certificate2 certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.RawData));

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        if (certificate is not null)
            handler.ClientCertificates.Add(certificate);
        return new HttpClient(handler);
    }

    private static HttpRequestMessage Request(TestService service, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/v1/me"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static async Task<int> StatusAsync(TestService service, string token, X509Certificate2? certificate, string? header = null)
    {
        using var http = Client(certificate);
        using var request = Request(service, token);
        if (header is not null)
            request.Headers.TryAddWithoutValidation("Client-Cert", header);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private async Task<TestService> StartAsync(params (string, string?)[] settings)
    {
        using var server = Certificate("localhost");
        var (certificate, key) = (Path.Combine(_directory.FullName, "server.pem"), Path.Combine(_directory.FullName, "server.key"));
        await File.WriteAllTextAsync(certificate, server.ExportCertificatePem(), TestContext.Current.CancellationToken);
        using var secret = server.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(key, secret.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        return await TestService.Start(
            app => app.MapGet("/v1/me", (Caller caller) => caller.Subject).RequireScope("encounters.read").Plain(),
            settings: [("urls", "https://127.0.0.1:0"), ("Kestrel:Certificates:Default:Path", certificate), ("Kestrel:Certificates:Default:KeyPath", key), .. settings]);
    }
}
