using System.Net.Security;
using System.Security.Authentication;
using RabbitMQ.Client;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>What a broker must show before anything is told to it, on every connection.</summary>
internal static class BrokerTls
{
    public const string AuthorityFile = "Tls:AuthorityFile";

    /// <summary>
    /// Only a faultless certificate in the broker's own name will do: MassTransit trusts any issuer unless told otherwise, the client any name, and
    /// MassTransit turns TLS on by itself for port 5671.
    /// </summary>
    /// <param name="tls">The client's settings, whoever turned TLS on.</param>
    /// <param name="broker">Its address.</param>
    /// <param name="authority">Who alone may have signed the certificate; null for the machine's authorities.</param>
    public static void Secure(SslOption tls, Uri broker, TrustedAuthority? authority)
    {
        tls.AcceptablePolicyErrors = SslPolicyErrors.None;
        tls.ServerName = broker.DnsSafeHost;
        tls.Version = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (authority is not null)
            tls.CertificateValidationCallback = authority.Vouches;
    }
}
