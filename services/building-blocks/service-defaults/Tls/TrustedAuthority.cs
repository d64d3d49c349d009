using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tls;

/// <summary>
/// Certificate authorities of one's own, read from a PEM file: what they have signed is believed without their being installed on the machine.
/// A certificate must also be in force, be meant for a server and name the host that was asked for.
/// </summary>
/// <remarks>
/// Revocation is not looked up: a list that cannot be fetched would hold up a notice or, ignored, protect nobody. Give certificates short lives instead.
/// </remarks>
public sealed class TrustedAuthority
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection _roots;

    private TrustedAuthority(X509Certificate2Collection roots) => _roots = roots;

    /// <summary>The authorities of the file that a setting names; null when the setting is empty, and the machine's own are to be believed.</summary>
    /// <param name="configuration">The service's settings.</param>
    /// <param name="setting">For example <c>Tls:AuthorityFile</c>.</param>
    /// <exception cref="StartRefusedException">The file cannot be read or holds no certificate.</exception>
    public static TrustedAuthority? Read(IConfiguration configuration, string setting)
    {
        if (configuration[setting] is not { Length: > 0 } file)
            return null;
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
        }

        return roots.Count > 0
            ? new TrustedAuthority(roots)
            : throw new StartRefusedException($"{setting} names '{file}', which is not a readable PEM file with the certificate of an authority.");
    }

    /// <summary>Whether these authorities, and no others, vouch for the other side.</summary>
    public bool Vouches(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_roots);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        own.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        // What lies between the certificate and the authority, as the other side has sent it.
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }

    /// <summary>Whether one of the machine's authorities, or one of these, vouches for the other side.</summary>
    public bool VouchesBesideTheMachines(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || Vouches(sender, certificate, chain, errors);
}
