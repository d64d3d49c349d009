using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
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
        services.AddOptions<KestrelServerOptions>().Configure<LimitSettings, ConnectionDoor>((kestrel, limits, door) =>
        {
            Apply(kestrel.Limits, limits);
            // Kestrel keeps only the last of such defaults.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection => door.GuardAsync(connection, next)));
        });
        // Where more connect in one instant than wait here, some wait for a second until they try again, whoever they are.
        services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = 4096);
        // The last that can listen at an address is asked first.
        services.AddSingleton<IConnectionListenerFactory, FairListenerFactory>();
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
        services.AddSingleton<UnderWay>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<TrustedProxies>();
        services.AddStartCheck<TrustedProxies.SettingCheck>();
        services.AddSingleton<Connections>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<ConnectionDoor>();
        services.AddHostedService(provider => provider.GetRequiredService<ConnectionDoor>());
    }

    /// <summary>Follows what goes on on a connection; before anything else.</summary>
    public static void UseConnectionDoor(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<ConnectionDoor>();
        app.Use(next => context => door.FollowAsync(context, next));
    }

    /// <summary>From here on a request is one of its organization's, or of its address's where it has no valid token.</summary>
    public static void UseRequestLimits(this WebApplication app)
    {
        var requests = app.Services.GetRequiredService<RequestLimits>();
        app.Use(next => context => requests.InvokeAsync(context, next));
    }

    private static LimitSettings Read(IConfiguration configuration)
    {
        var limits = configuration.GetSection("Limits").Get<LimitSettings>() ?? new();
        return limits is { Connections: > 0, UnknownConnections: null or > 0, ConnectionsPerNetwork: > 0, ConnectionsPerSecond: > 0, ConnectionsPerOrganization: > 0 }
            and { PerOrganization: > 0, PerAddress: > 0, InProgress: > 0, Waiting: > 0 }
            && limits.RequestTimeout > TimeSpan.Zero && limits.HeadTimeout > TimeSpan.Zero && limits.UnknownIdle > TimeSpan.Zero
            ? limits
            : throw new StartRefusedException(
                "Limits:Connections, Limits:UnknownConnections, Limits:ConnectionsPerNetwork, Limits:ConnectionsPerSecond, Limits:ConnectionsPerOrganization, Limits:PerOrganization, Limits:PerAddress, Limits:InProgress "
                + "and Limits:Waiting must be whole numbers above zero, Limits:RequestTimeout, Limits:HeadTimeout and Limits:UnknownIdle times above zero (00:01:00). Correct or remove them.");
    }

    private static void Apply(KestrelServerLimits server, LimitSettings limits)
    {
        // Not the limit, which is ConnectionDoor's: one that was closed for another has yet to end.
        server.MaxConcurrentConnections = 2L * limits.Connections;
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
