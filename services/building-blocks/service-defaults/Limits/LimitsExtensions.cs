using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>
/// What one client can take of a service: so much of a connection, of a request, of its time, of requests a second. JSON's depth is
/// <c>StrictJson</c>'s; how long a list may be, its endpoint's.
/// </summary>
internal static class LimitsExtensions
{
    private const int KiB = 1024;

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => Read(provider.GetRequiredService<IConfiguration>()));
        services.AddOptions<KestrelServerOptions>().Configure<LimitSettings>((kestrel, limits) => Apply(kestrel.Limits, limits));
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<LimitSettings>((timeouts, limits) => timeouts.DefaultPolicy = new()
        {
            Timeout = limits.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context =>
            {
                context.Response.Headers.RetryAfter = "5";
                return Task.CompletedTask;
            },
        });
        services.AddSingleton<Rates>();
    }

    /// <summary>From here on a request is one of its organization's, or of its address's where it has no valid token.</summary>
    public static void UseRates(this WebApplication app)
    {
        var rates = app.Services.GetRequiredService<Rates>();
        app.Use(next => context => rates.InvokeAsync(context, next));
    }

    private static LimitSettings Read(IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits").Get<LimitSettings>() ?? new();
        return limits is { Connections: > 0, PerOrganization: > 0, PerAddress: > 0 } && limits.RequestTimeout > TimeSpan.Zero && limits.HeadTimeout > TimeSpan.Zero
            ? limits
            : throw new StartRefusedException(
                "Limits:Connections, Limits:PerOrganization and Limits:PerAddress must be whole numbers above zero, Limits:RequestTimeout and Limits:HeadTimeout "
                + "times above zero (00:01:00). Correct or remove them.");
    }

    private static void Apply(KestrelServerLimits server, LimitSettings limits)
    {
        server.MaxConcurrentConnections = limits.Connections;
        server.MaxRequestBodySize = KiB * KiB;
        // A token has one to four; what else a client sends fits in the rest.
        server.MaxRequestHeadersTotalSize = 16 * KiB;
        server.MaxRequestHeaderCount = 64;
        server.MaxRequestLineSize = 4 * KiB;
        server.RequestHeadersTimeout = limits.HeadTimeout;
        // Whoever sends or takes a byte now and then would hold a connection for ever.
        server.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(5));
        server.MinResponseDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(5));
        server.Http2.MaxStreamsPerConnection = 64;
        server.Http2.MaxRequestHeaderFieldSize = 8 * KiB;
    }
}
