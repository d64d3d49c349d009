using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Tls;

internal static class TlsExtensions
{
    /// <summary>TLS 1.2 and 1.3 alone. Certificates are named in Kestrel's own settings; it reads them anew when their file changes.</summary>
    public static void AddTls(this WebApplicationBuilder builder)
    {
        // All in one place: Kestrel keeps only the last of such defaults.
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            ClientCertificates.Ask(https, builder.Configuration);
        }));
        builder.Services.AddStartCheck<ClientCertificates.SettingCheck>();
        builder.Services.AddSingleton<PlainConnections>();
        builder.Services.AddStartCheck<ListeningCheck>();
    }
}
