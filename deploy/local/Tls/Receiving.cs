using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace SafeHarbor.Local.Tls;

/// <summary>Receivers of webhooks on this machine.</summary>
public static class Receiving
{
    /// <summary>Listens at a free port: over TLS alone with a certificate, over plain HTTP without.</summary>
    public static void ListenAtFreePort(this IWebHostBuilder host, CertificateFiles? certificate)
    {
        host.UseUrls(certificate is null ? "http://127.0.0.1:0" : "https://127.0.0.1:0");
        if (certificate is not null)
            host.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
                https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate.Certificate, certificate.Key)));
    }
}
