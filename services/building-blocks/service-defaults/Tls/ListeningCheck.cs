using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tls;

/// <summary>Refuses to listen without TLS where others could listen in, unless a proxy in front is said to end TLS.</summary>
internal sealed class ListeningCheck(IConfiguration configuration, PlainConnections plain) : IStartCheck
{
    private const string TerminatedByProxy = "Tls:TerminatedByProxy";

    public void Check()
    {
        if (configuration.GetValue(TerminatedByProxy, false))
            return;
        foreach (var address in Addresses().Select(BindingAddress.Parse))
            if (!address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase) && !address.IsUnixPipe && !plain.MayReach(address.Host))
                throw new StartRefusedException(
                    $"The service would listen at {address} without TLS. Set Kestrel:Endpoints:Https:Url to an https address, with Kestrel:Endpoints:Https:Certificate:Path "
                    + $"and :KeyPath to PEM files; or, when a proxy in front of it ends TLS on a network that nobody else is on, set {TerminatedByProxy} to true.");
    }

    /// <summary>As Kestrel chooses them: endpoints of its own section come before addresses, and addresses before ports.</summary>
    private IEnumerable<string> Addresses()
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        if (endpoints.Count > 0)
            return endpoints;
        if (Listed(WebHostDefaults.ServerUrlsKey) is { Length: > 0 } addresses)
            return addresses;
        // Without any setting Kestrel listens at localhost.
        return Listed(WebHostDefaults.HttpPortsKey) is { Length: > 0 } ports ? ports.Select(port => $"http://*:{port}")
            : Listed(WebHostDefaults.HttpsPortsKey).Length > 0 ? [] : ["http://localhost:5000"];
    }

    private string[] Listed(string setting) => configuration[setting]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
