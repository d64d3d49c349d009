using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace SafeHarbor.ServiceDefaults.Tls;

/// <summary>
/// Where a connection may go without TLS. In development: anywhere. Else: no further than this machine. With <c>Tls:Required</c> set to true: nowhere,
/// in development too.
/// </summary>
/// <param name="configuration">The service's settings.</param>
/// <param name="environment">Development, or not.</param>
public sealed class PlainConnections(IConfiguration configuration, IHostEnvironment environment)
{
    /// <summary>The setting.</summary>
    public const string Required = "Tls:Required";

    private readonly bool _nowhere = configuration.GetValue(Required, false);

    /// <summary>Whether a plain connection to, or at, this host is taken.</summary>
    /// <param name="host">A name, an address, or the path of a Unix socket.</param>
    public bool MayReach(string host) => !_nowhere && (environment.IsDevelopment() || IsThisMachine(host));

    private static bool IsThisMachine(string host) =>
        host.StartsWith('/') || host.StartsWith('@') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
