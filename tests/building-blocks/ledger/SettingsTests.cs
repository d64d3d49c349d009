using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Ledger.Tests;

/// <summary>With which key a service starts.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-test").FullName;

    [Fact]
    public void In_production_there_must_be_a_key() =>
        Refused(Environments.Production, null).ShouldContain("Ledger:SigningKeyFile is not set");

    [Fact]
    public void In_production_a_development_key_is_refused()
    {
        Refused(Environments.Production, $"{LedgerSettings.DevelopmentMark}: worth nothing.\n{Pem()}").ShouldContain("development key");
        Load(Environments.Production, Pem()).Key.ShouldNotBeNull();
    }

    [Fact]
    public void In_development_a_development_key_signs_and_without_one_nothing_is_signed()
    {
        Load(Environments.Development, $"{LedgerSettings.DevelopmentMark}: worth nothing.\n{Pem()}").Key.ShouldNotBeNull();
        Load(Environments.Development, null).Key.ShouldBeNull();
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    public void A_file_without_a_key_is_refused(string content) => Refused(Environments.Development, content).ShouldContain("openssl");

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Should.Throw<StartRefusedException>(() => TestLedger.Settings(("Ledger:SigningKeyFile", Path.Combine(_folder, "none"))).Load()).Message.ShouldContain("cannot be read");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Pem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private string Refused(string environment, string? content) => Should.Throw<StartRefusedException>(() => Load(environment, content)).Message;

    private LedgerSettings Load(string environment, string? content)
    {
        var file = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        if (content is not null)
            File.WriteAllText(file, content);
        var settings = content is null ? TestLedger.Settings(environment) : TestLedger.Settings(environment, ("Ledger:SigningKeyFile", file));
        settings.Load();
        return settings;
    }
}
