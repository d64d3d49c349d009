using System.Net;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Notification.Delivery;

/// <summary>
/// Where webhooks may go: the public internet and those networks of the operator's own that <c>Webhooks:AllowedNetworks</c> names (a county's
/// private line, as in <c>10.20.0.0/16</c>); in development anywhere.
/// </summary>
internal sealed class Destinations
{
    // This machine and what is beside it, where cloud providers hand out credentials, are in none of these.
    private static readonly IPNetwork[] MayBeAllowed =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7" }.Select(IPNetwork.Parse)];

    private readonly IPNetwork[] _allowed;
    private readonly PlainConnections _plain;

    public Destinations(IHostEnvironment environment, IConfiguration configuration, PlainConnections plain)
    {
        _plain = plain;
        Anywhere = environment.IsDevelopment();
        _allowed = [.. configuration.GetSection("Webhooks:AllowedNetworks").GetChildren().Select(child => Read(child.Value))];
    }

    /// <summary>In development webhooks may go anywhere.</summary>
    public bool Anywhere { get; }

    /// <summary>In development a notice may go to this machine without TLS, unless TLS is required there too; elsewhere never.</summary>
    public bool MayBePlain(Uri url) => url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && Anywhere && _plain.MayReach(url.Host);

    public bool Allow(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Anywhere || PublicAddress.Is(plain) || _allowed.Any(network => network.Contains(plain));
    }

    private static IPNetwork Read(string? text) =>
        IPNetwork.TryParse(text, out var network) && MayBeAllowed.Any(wide => wide.BaseAddress.AddressFamily == network.BaseAddress.AddressFamily
            && wide.PrefixLength <= network.PrefixLength && wide.Contains(network.BaseAddress))
            ? network
            : throw new StartRefusedException(
                $"Webhooks:AllowedNetworks holds '{text}', which is no private network. Give networks within {string.Join(", ", MayBeAllowed)}, as in 10.20.0.0/16.");
}
