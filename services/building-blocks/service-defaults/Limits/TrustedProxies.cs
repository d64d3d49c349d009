using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>
/// Who asks, where a proxy asks for others: the last address of <c>X-Forwarded-For</c> that is none of <c>Limits:TrustedProxies</c>. Of anybody else the header
/// is not believed, for whoever writes it himself would have as many addresses as he likes.
/// </summary>
internal sealed class TrustedProxies(LimitSettings limits)
{
    private readonly IPNetwork[] _networks = [.. limits.TrustedProxies.Select(Read)];

    /// <summary>Whether this is one of the proxies.</summary>
    public bool Include(IPAddress? address) => address is not null && _networks.Length > 0 && Plain(address) is var plain && _networks.Any(network => network.Contains(plain));

    /// <summary>The address of whoever asks; the proxy's own where it does not say.</summary>
    public IPAddress? ClientOf(HttpContext context)
    {
        var client = context.Connection.RemoteIpAddress;
        if (!Include(client))
            return client;
        foreach (var entry in context.Request.Headers["X-Forwarded-For"].SelectMany(line => (line ?? "").Split(',')).Reverse())
        {
            // What stands before an entry that cannot be read may be anybody's.
            if (!IPEndPoint.TryParse(entry.Trim(), out var said))
                return client;
            client = said.Address;
            if (!Include(client))
                return client;
        }

        return client;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPNetwork Read(string text) => IPNetwork.TryParse(text, out var network)
        ? network
        : throw new StartRefusedException($"Limits:TrustedProxies holds '{text}', which is no network. Give your proxies' as in 10.20.0.0/28, or one address as in 10.20.0.4/32.");

    /// <summary>The framework's own setting believes whoever connects.</summary>
    internal sealed class SettingCheck(IConfiguration configuration, TrustedProxies proxies) : IStartCheck
    {
        public void Check()
        {
            _ = proxies;
            if (string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
                throw new StartRefusedException("ASPNETCORE_FORWARDEDHEADERS_ENABLED is set: with it anybody can say that he has another address. Remove it, and name the networks of your proxies in Limits:TrustedProxies.");
        }
    }
}
