using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>Where the service can be reached from its own machine.</summary>
public static class ListeningAddress
{
    /// <summary>The address, the one on TLS when there are several; null until the server listens.</summary>
    public static string? Of(IServer server)
    {
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return (bound.FirstOrDefault(a => a.StartsWith("https://", StringComparison.Ordinal)) ?? bound.FirstOrDefault())
            ?.Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal);
    }
}
