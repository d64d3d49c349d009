using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Messaging.Notices;

/// <summary>
/// Where organizations reach the service, for links: the setting <c>PublicAddress</c>. In development it may be left out, and is where the service listens;
/// anywhere else a service does not start without it, because a link that leads nowhere is a report that nobody opens.
/// </summary>
internal sealed class OwnAddress(IConfiguration configuration, IHostEnvironment environment, IServer server) : IStartCheck
{
    private const string Setting = "PublicAddress";

    /// <summary>Without a slash at its end; empty only in development, while the server does not listen yet.</summary>
    public string Text => (configuration[Setting] ?? ListeningAddress.Of(server) ?? "").TrimEnd('/');

    /// <inheritdoc/>
    public void Check()
    {
        var given = configuration[Setting];
        if (given is null ? environment.IsDevelopment() : Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return;
        throw new StartRefusedException($"{Setting} must say where organizations reach this service, for the links in its notices. Set it to an address such as https://intake.example.org.");
    }
}
