using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace SafeHarbor.Local.Tls;

/// <summary>HTTP to what the launcher started: the checkout's development authority is believed beside the machine's own.</summary>
public static class LocalHttp
{
    /// <summary>A client for services, receivers and RabbitMQ's management on this machine.</summary>
    public static HttpClient Client(TimeSpan timeout) =>
        new(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = IsBelieved } }) { Timeout = timeout };

    private static bool IsBelieved(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None
        || errors == SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 shown && DevelopmentAuthority.HasSigned(Checkout.Find(), shown);
}
