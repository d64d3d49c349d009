using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SafeHarbor.ServiceDefaults.Hosting;

internal static class HostingExtensions
{
    private const long LargestBody = 1024 * 1024;

    // Forwarded headers are not read: who stands behind a proxy sets ASPNETCORE_FORWARDEDHEADERS_ENABLED knowingly.
    public static void AddHosting(this WebApplicationBuilder builder, string service)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.TryAddSingleton<TimeProvider>(new StoredTime());
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<AddressFile>(services, service));
    }
}
