using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Tests.Tls;

public sealed class DevelopmentAuthorityTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("safeharbor-").FullName;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    private DevelopmentAuthority Authority => DevelopmentAuthority.LoadOrCreate(_directory, _clock);

    [Fact]
    public void A_certificate_lives_for_thirty_days_and_is_kept_until_ten_are_left()
    {
        var first = Thumbprint(Authority.Server("postgres").Certificate);
        using (var certificate = X509CertificateLoader.LoadCertificateFromFile(Authority.Server("postgres").Certificate))
            (certificate.NotAfter.ToUniversalTime() - _clock.GetUtcNow()).TotalDays.ShouldBe(30, 0.01);

        _clock.Advance(TimeSpan.FromDays(19));
        Thumbprint(Authority.Server("postgres").Certificate).ShouldBe(first);
        _clock.Advance(TimeSpan.FromDays(2));
        Thumbprint(Authority.Server("postgres").Certificate).ShouldNotBe(first);
    }

    [Fact]
    public void When_the_authority_is_made_anew_so_is_what_it_had_signed()
    {
        var (authority, server) = (Thumbprint(Authority.AuthorityFile), Thumbprint(Authority.Server("postgres").Certificate));

        _clock.Advance(TimeSpan.FromDays(340));

        Thumbprint(Authority.AuthorityFile).ShouldNotBe(authority);
        Thumbprint(Authority.Server("postgres").Certificate).ShouldNotBe(server);
    }

    [Fact]
    public void A_further_host_is_added_and_then_kept()
    {
        var plain = Thumbprint(Authority.Server("postgres").Certificate);

        var wider = Authority.Server("postgres", "db.example.org").Certificate;

        Thumbprint(wider).ShouldNotBe(plain);
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(wider);
        foreach (var host in new[] { "db.example.org", "localhost", "127.0.0.1", "::1" })
            certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false).ShouldBeTrue(host);
        Thumbprint(Authority.Server("postgres").Certificate).ShouldBe(certificate.Thumbprint);
    }

    [Fact]
    public void Nobody_but_the_owner_reads_any_of_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        var inside = Path.Combine(_directory, "tls");
        var authority = DevelopmentAuthority.LoadOrCreate(inside);
        authority.Server("postgres");
        authority.Client("county");

        File.GetUnixFileMode(inside).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(inside, "*.key").Length.ShouldBe(3);
        foreach (var key in Directory.GetFiles(inside, "*.key"))
            File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Many_at_once_get_one_authority()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Authority.Server("postgres"))));

        using var authority = X509CertificateLoader.LoadCertificateFromFile(Authority.AuthorityFile);
        using var server = X509CertificateLoader.LoadCertificateFromFile(Authority.Server("postgres").Certificate);
        server.Issuer.ShouldBe(authority.Subject);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Thumbprint(string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return certificate.Thumbprint;
    }
}
