using System.Security.Cryptography.X509Certificates;

namespace SafeHarbor.Local.Tls;

/// <summary>
/// A certificate authority for development, kept in a directory that only its owner may enter. Its key lies beside it without a password: who can read
/// it can be anybody, so nothing but this machine should ever believe it. Certificates live for 30 days and are made anew when a third of that is left.
/// </summary>
public sealed class DevelopmentAuthority
{
    private const string Name = "authority";
    private static readonly TimeSpan AuthorityLife = TimeSpan.FromDays(365);
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(30);

    private readonly string _directory;
    private readonly TimeProvider _time;

    private DevelopmentAuthority(string directory, TimeProvider time) => (_directory, _time) = (directory, time);

    /// <summary>PEM of the authority's certificate: who is to believe it is given this file.</summary>
    public string AuthorityFile => FilesOf(Name).Certificate;

    /// <summary>The authority in this directory, made when it is not there yet or soon expires.</summary>
    /// <param name="directory">Its own.</param>
    /// <param name="time">What is "now" for the lives of certificates; the machine's clock unless given.</param>
    public static DevelopmentAuthority LoadOrCreate(string directory, TimeProvider? time = null)
    {
        var authority = new DevelopmentAuthority(directory, time ?? TimeProvider.System);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var alone = authority.Lock();
        // A certificate must not outlive its authority.
        if (!authority.IsGood(authority.FilesOf(Name), [], left: CertificateLife))
            using (var made = Issuing.Authority(authority.Now.AddHours(-1), authority.Now + AuthorityLife))
                Write(authority.FilesOf(Name), made);
        return authority;
    }

    /// <summary>The checkout's own.</summary>
    public static DevelopmentAuthority OfCheckout(Checkout checkout) => LoadOrCreate(DirectoryOf(checkout));

    /// <summary>A server's certificate; made anew when it is missing, soon expires, names other hosts or is of an earlier authority.</summary>
    /// <param name="name">Of its files.</param>
    /// <param name="hosts">Names and addresses that it is reached by, besides those of this machine.</param>
    public CertificateFiles Server(string name, params IEnumerable<string> hosts)
    {
        string[] all = ["localhost", "127.0.0.1", "::1", .. hosts];
        return Issued(name, all, (authority, until) => Issuing.Server(authority, name, all, Now.AddHours(-1), until));
    }

    /// <summary>A client's certificate, for example for tokens that are bound to it; made anew when it is missing or soon expires.</summary>
    public CertificateFiles Client(string name) =>
        Issued(name, [], (authority, until) => Issuing.Client(authority, name, Now.AddHours(-1), until));

    /// <summary>Whether the certificate is the checkout's authority's, and in force. Without an authority none is.</summary>
    internal static bool HasSigned(Checkout checkout, X509Certificate2 certificate)
    {
        var authority = new DevelopmentAuthority(DirectoryOf(checkout), TimeProvider.System);
        return File.Exists(authority.AuthorityFile) && authority.Vouches(certificate, TimeSpan.Zero);
    }

    private DateTimeOffset Now => _time.GetUtcNow();

    private static string DirectoryOf(Checkout checkout) => Path.Combine(checkout.LocalDirectory, "tls");

    private CertificateFiles FilesOf(string name) => new(Path.Combine(_directory, name + ".pem"), Path.Combine(_directory, name + ".key"));

    private CertificateFiles Issued(string name, string[] hosts, Func<X509Certificate2, DateTimeOffset, X509Certificate2> issue)
    {
        var files = FilesOf(name);
        using var alone = Lock();
        if (IsGood(files, hosts, CertificateLife / 3))
            return files;
        using var authority = X509Certificate2.CreateFromPemFile(AuthorityFile, FilesOf(Name).Key);
        using var made = issue(authority, Now + CertificateLife);
        Write(files, made);
        return files;
    }

    private bool IsGood(CertificateFiles files, string[] hosts, TimeSpan left)
    {
        if (!File.Exists(files.Certificate) || !File.Exists(files.Key))
            return false;
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
        return Vouches(certificate, left) && hosts.All(host => certificate.MatchesHostname(host, allowWildcards: false, allowCommonName: false));
    }

    /// <summary>It is signed by this authority and will still be in force after that time.</summary>
    private bool Vouches(X509Certificate2 certificate, TimeSpan after)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(AuthorityFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.VerificationTime = (Now + after).UtcDateTime;
        return chain.Build(certificate);
    }

    // Several programs of a checkout may begin at the same moment; each must see one authority, and whole files.
    private FileStream Lock()
    {
        while (true)
            try
            {
                return new FileStream(Path.Combine(_directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(20);
            }
    }

    // The key first: who watches the certificate's file for changes reads both when it has changed.
    private static void Write(CertificateFiles files, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        Replace(files.Key, key.ExportPkcs8PrivateKeyPem());
        Replace(files.Certificate, certificate.ExportCertificatePem());
    }

    private static void Replace(string file, string pem)
    {
        using (var writer = new StreamWriter(PrivateFile.Create(file + ".new")))
            writer.WriteLine(pem);
        File.Move(file + ".new", file, overwrite: true);
    }
}
