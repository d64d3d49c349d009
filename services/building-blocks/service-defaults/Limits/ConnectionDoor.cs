using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>Stands before TLS at every endpoint: whom <see cref="Connections"/> does not let in costs no handshake.</summary>
internal sealed class ConnectionDoor(Connections connections, TrustedProxies proxies, LimitSettings limits, Refusals refusals) : BackgroundService
{
    /// <summary>A connection, from its begin to its end.</summary>
    public async Task GuardAsync(ConnectionContext transport, ConnectionDelegate next)
    {
        var address = (transport.RemoteEndPoint as IPEndPoint)?.Address;
        var connection = new GuardedConnection(transport, ClientNetwork.Of(address));
        var isProxys = proxies.Include(address);
        if (!connections.Enter(connection, isProxys))
            return;
        try
        {
            transport.Features.Set(connection);
            if (isProxys || await SaysSomethingAsync(connection))
                await next(transport);
        }
        finally
        {
            connections.Leave(connection);
        }
    }

    /// <summary>A request on a connection, from its head to its answer.</summary>
    public Task FollowAsync(HttpContext context, RequestDelegate next) =>
        context.Features.Get<GuardedConnection>() is { IsKnown: false } connection ? FollowAsync(connection, context, next) : next(context);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(limits.UnknownIdle / 4);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            connections.CloseIdle();
            refusals.Tell();
        }
    }

    private async Task FollowAsync(GuardedConnection connection, HttpContext context, RequestDelegate next)
    {
        connections.Mark(connection, 1);
        try
        {
            await next(context);
        }
        finally
        {
            connections.Mark(connection, -1);
        }
    }

    // Looked at and left for the next, who reads it again.
    private async Task<bool> SaysSomethingAsync(GuardedConnection connection)
    {
        var input = connection.Transport.Transport.Input;
        try
        {
            var shutdown = connection.Transport.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
            var read = await input.ReadAsync(shutdown);
            input.AdvanceTo(read.Buffer.Start);
            connections.Mark(connection, 0);
            return !read.Buffer.IsEmpty;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
