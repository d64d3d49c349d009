using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SafeHarbor.ServiceDefaults.Hosting;

internal static class HostingExtensions
{
    public static void AddHosting(this WebApplicationBuilder builder, string service)
    {
        // The machine's language changes nothing: also a service that has ICU, to compare texts, writes numbers and days as the others do.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        builder.AddSecrets();
        builder.Services.AddStartCheck<DevelopmentOnly>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
        builder.Services.TryAddSingleton<TimeProvider>(new StoredTime());
        builder.Services.AddSingleton(new ServiceName(service));
        builder.Services.AddHostedService<AddressFile>();
    }
}
