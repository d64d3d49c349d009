using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tokens;

/// <summary>The keys of a development installation, made once and kept in its directory: they are worth nothing anywhere else.</summary>
public sealed class DevelopmentKeys
{
    // By this the services know that a key is none for production.
    private const string DevelopmentMark = "SafeHarbor development key";

    private readonly string _directory;

    private DevelopmentKeys(string directory) => _directory = directory;

    /// <summary>PEM of the public key that the services check tokens with (EC P-256).</summary>
    public string PublicKeyFile => Path.Combine(_directory, "token.public.pem");

    /// <summary>A comment that says whose keys these are, then the base64 of 32 bytes a line: the first wraps the report keys, the others still unwrap them.</summary>
    public string SealingKeyFile => Path.Combine(_directory, "sealing.key");

    /// <summary>PEM of the private key that signs a ledger's checkpoints (EC P-256), marked as a development key: each service has its own, and the nodes have one.</summary>
    /// <param name="ledger">A service's name, or a node's.</param>
    public string LedgerSigningKeyFile(string ledger) => Path.Combine(_directory, $"ledger-{KeyOf(ledger)}.private.pem");

    /// <summary>PEM of its public half, which verifies them.</summary>
    /// <param name="ledger">A service's name, or a node's.</param>
    public string LedgerPublicKeyFile(string ledger) => Path.Combine(_directory, $"ledger-{KeyOf(ledger)}.public.pem");

    private const string Nodes = "node";

    private static string KeyOf(string ledger) => Node.IsService(ledger) ? Nodes : ledger;

    // A service that runs in another environment refuses a file with this line.
    private const string OutsideDevelopmentRefused = "# development only";

    private string PrivateKeyFile => Path.Combine(_directory, "token.private.pem");

    /// <summary>The keys in this directory; those that are not there yet are made.</summary>
    public static DevelopmentKeys LoadOrCreate(string directory)
    {
        Directory.CreateDirectory(directory);
        var keys = new DevelopmentKeys(directory);
        if (!File.Exists(keys.PublicKeyFile))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(keys.PrivateKeyFile, key.ExportPkcs8PrivateKeyPem());
            Write(keys.PublicKeyFile, key.ExportSubjectPublicKeyInfoPem());
        }

        foreach (var ledger in ServiceKind.All.Select(kind => kind.Name).Append(Nodes).Where(ledger => !File.Exists(keys.LedgerPublicKeyFile(ledger))))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(keys.LedgerSigningKeyFile(ledger), $"{DevelopmentMark}: worth nothing anywhere else.\n{key.ExportPkcs8PrivateKeyPem()}");
            Write(keys.LedgerPublicKeyFile(ledger), key.ExportSubjectPublicKeyInfoPem());
        }

        if (!File.Exists(keys.SealingKeyFile))
            Write(keys.SealingKeyFile, $"{OutsideDevelopmentRefused}\n{NewSealingKey()}\n");
        return keys;
    }

    /// <summary>The keys of the checkout's own installation.</summary>
    public static DevelopmentKeys OfCheckout(Checkout checkout) => LoadOrCreate(Path.Combine(InstallationPlan.DirectoryOf(checkout), "keys"));

    /// <summary>A bearer token for a caller of this organization; without scopes, with those of its kind (<see cref="AccessTable.ScopesByKind"/>). It is issued now, or at another
    /// time.</summary>
    /// <exception cref="FormatException">There are no scopes, and no such kind.</exception>
    public string Token(string organization, IReadOnlyCollection<string>? scopes = null, string? subject = null, DateTimeOffset? issuedAt = null)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(PrivateKeyFile));
        if (scopes is not { Count: > 0 })
            scopes = [.. AskedToken.UsualScopesOf(organization)];
        return DevelopmentToken.Sign(key, organization, scopes, subject ?? $"{organization}:developer", issuedAt ?? TimeProvider.System.GetUtcNow());
    }

    /// <summary>Whether a token in the compact form (header, claims and signature) is signed with these keys.</summary>
    public bool HasSigned(string token)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(PublicKeyFile));
        var end = token.LastIndexOf('.');
        return Base64Url.IsValid(token.AsSpan(end + 1))
            && key.VerifyData(Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256);
    }

    /// <summary>Adds a sealing key that wraps from now on; services notice it within seconds, and the former keys still unwrap.</summary>
    public void RotateSealingKey()
    {
        var former = File.ReadLines(SealingKeyFile).Where(line => line.Length > 0 && line[0] != '#');
        var next = SealingKeyFile + ".next";
        Write(next, string.Join('\n', [OutsideDevelopmentRefused, NewSealingKey(), .. former, ""]));
        // In one step: nobody reads half a file.
        File.Move(next, SealingKeyFile, overwrite: true);
    }

    private static string NewSealingKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static void Write(string file, string content)
    {
        using var writer = new StreamWriter(PrivateFile.Create(file));
        writer.Write(content);
    }
}
