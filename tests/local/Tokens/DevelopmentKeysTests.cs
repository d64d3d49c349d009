using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Tests.Tokens;

public sealed class DevelopmentKeysTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    [Fact]
    public void A_token_is_signed_with_the_private_half_of_the_public_key_file()
    {
        var keys = DevelopmentKeys.LoadOrCreate(_directory);
        var parts = keys.Token("county:06037").Split('.');
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keys.PublicKeyFile));

        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
        Decoded(parts[0]).GetProperty("alg").GetString().ShouldBe("ES256");
    }

    [Fact]
    public void A_token_names_issuer_audience_organization_scopes_and_subject_for_twelve_hours()
    {
        var claims = Decoded(DevelopmentKeys.LoadOrCreate(_directory).Token("provider:open-door", ["offers.act", "capacity.write"], "Someone").Split('.')[1]);

        claims.GetProperty("iss").GetString().ShouldBe("safeharbor-development");
        claims.GetProperty("aud").GetString().ShouldBe("safeharbor");
        claims.GetProperty("org").GetString().ShouldBe("provider:open-door");
        claims.GetProperty("scope").GetString().ShouldBe("offers.act capacity.write");
        claims.GetProperty("sub").GetString().ShouldBe("Someone");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(12 * 3600);
    }

    [Theory]
    [InlineData("le:CA0194200", "encounters.write")]
    [InlineData("county:06037", "handoffs.act")]
    [InlineData("provider:open-door", "offers.act")]
    [InlineData("da:06037", "reports.read")]
    [InlineData("state:ca", "desk.act")]
    public void Without_scopes_an_organization_gets_those_of_its_kind(string organization, string scope)
    {
        var claims = Decoded(DevelopmentKeys.LoadOrCreate(_directory).Token(organization).Split('.')[1]);

        claims.GetProperty("scope").GetString()!.Split(' ').ShouldContain(scope);
    }

    [Fact]
    public void What_is_no_organization_gets_no_token() =>
        Should.Throw<FormatException>(() => DevelopmentKeys.LoadOrCreate(_directory).Token("nobody")).Message.ShouldContain("county:<FIPS>");

    [Fact]
    public void Each_ledgers_key_is_its_own_marked_as_one_for_development_and_has_its_public_half_beside_it()
    {
        var keys = DevelopmentKeys.LoadOrCreate(_directory);
        string[] ledgers = ["intake", "county-routing", "notification", "case-services", "node-06037"];
        foreach (var ledger in ledgers)
        {
            using var signing = ECDsa.Create();
            signing.ImportFromPem(File.ReadAllText(keys.LedgerSigningKeyFile(ledger)));
            using var verifying = ECDsa.Create();
            verifying.ImportFromPem(File.ReadAllText(keys.LedgerPublicKeyFile(ledger)));
            var signed = "checkpoint"u8.ToArray();

            File.ReadAllText(keys.LedgerSigningKeyFile(ledger)).ShouldStartWith("SafeHarbor development key");
            verifying.VerifyData(signed, signing.SignData(signed, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256).ShouldBeTrue();
        }
        ledgers.Select(ledger => File.ReadAllText(keys.LedgerPublicKeyFile(ledger))).ShouldBeUnique();
    }

    [Fact]
    public void Keys_are_made_once_and_private()
    {
        var first = DevelopmentKeys.LoadOrCreate(_directory);
        var sealing = File.ReadAllText(first.SealingKeyFile);
        var again = DevelopmentKeys.LoadOrCreate(_directory);

        File.ReadAllText(again.SealingKeyFile).ShouldBe(sealing);
        var lines = sealing.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("# development only");
        Convert.FromBase64String(lines[1]).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(first.SealingKeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_rotation_puts_a_new_sealing_key_before_the_former_ones()
    {
        var keys = DevelopmentKeys.LoadOrCreate(_directory);
        var former = File.ReadAllLines(keys.SealingKeyFile);

        keys.RotateSealingKey();

        var lines = File.ReadAllLines(keys.SealingKeyFile);
        lines[0].ShouldBe("# development only");
        lines[1].ShouldNotBe(former[1]);
        lines[2].ShouldBe(former[1]);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(keys.SealingKeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static JsonElement Decoded(string part) => JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(part));
}
