using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>Listens for Kestrel at addresses of the network, in the place of its own transport, with the same settings.</summary>
internal sealed class FairListenerFactory(IOptions<SocketTransportOptions> sockets, LimitSettings limits, TrustedProxies proxies, Refusals refusals, TimeProvider time, ILoggerFactory loggers)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Socket socket;
        try
        {
            socket = sockets.Value.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException inUse) when (inUse.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(inUse.Message, inUse);
        }
        socket.Listen(sockets.Value.Backlog);
        return ValueTask.FromResult<IConnectionListener>(new FairListener(socket, sockets.Value, limits, proxies, refusals, time, loggers));
    }
}

/// <summary>
/// Accepts on a thread of its own whatever comes, which takes some microseconds each, and hands it on in the order of <see cref="ArrivalQueues{T}"/>. Kestrel's listener hands on in the order of arrival: an
/// officer's connection that comes a moment after ten thousand others waits until something has been done for each of them.
/// </summary>
internal sealed class FairListener : IConnectionListener
{
    // Out of descriptors or memory: somebody must end first.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(10);

    private readonly Socket _listening;
    private readonly SocketTransportOptions _sockets;
    private readonly TrustedProxies _proxies;
    private readonly Refusals _refusals;
    private readonly ArrivalQueues<Socket> _arrivals;
    private readonly SocketConnectionContextFactory _connections;
    private readonly Wakeup _arrived = new();
    private volatile bool _isOver;

    public FairListener(Socket listening, SocketTransportOptions sockets, LimitSettings limits, TrustedProxies proxies, Refusals refusals, TimeProvider time, ILoggerFactory loggers)
    {
        (_listening, _sockets, _proxies, _refusals) = (listening, sockets, proxies, refusals);
        EndPoint = listening.LocalEndPoint!;
        _arrivals = new(limits.ConnectionsPerNetwork, limits.ConnectionsPerSecond, time);
        _connections = new(new()
        {
            IOQueueCount = sockets.IOQueueCount,
            WaitForDataBeforeAllocatingBuffer = sockets.WaitForDataBeforeAllocatingBuffer,
            MaxReadBufferSize = sockets.MaxReadBufferSize,
            MaxWriteBufferSize = sockets.MaxWriteBufferSize,
            UnsafePreferInlineScheduling = sockets.UnsafePreferInlineScheduling,
        }, loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets"));
        new Thread(Accept) { IsBackground = true, Name = "door" }.Start();
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_arrivals.Next(out var wait) is { } socket)
            {
                if (Connect(socket) is { } connection)
                    return connection;
                continue;
            }
            if (_isOver)
                return null;
            await _arrived.WaitAsync(wait, cancellationToken);
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _isOver = true;
        _listening.Dispose();
        foreach (var socket in _arrivals.Clear())
            Drop(socket);
        _arrived.Ring();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        _connections.Dispose();
    }

    private void Accept()
    {
        while (!_isOver)
            try
            {
                Queue(_listening.Accept());
            }
            // Whoever goes before it is let in holds up nobody.
            catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.NotConnected)
            {
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (!_isOver)
                    Thread.Sleep(PauseAfterFailure);
            }
    }

    private void Queue(Socket socket)
    {
        var address = (socket.RemoteEndPoint as IPEndPoint)?.Address;
        // A proxy's are many clients', which are limited by request.
        var network = _proxies.Include(address) ? new ClientNetwork((UInt128)socket.Handle) : ClientNetwork.Of(address);
        if (_arrivals.Add(network, socket) is { } gone)
        {
            _refusals.Count(RefusedBy.Network);
            Drop(gone);
        }
        _arrived.Ring();
    }

    private ConnectionContext? Connect(Socket socket)
    {
        try
        {
            socket.NoDelay = _sockets.NoDelay;
            return _connections.Create(socket);
        }
        // It has gone while it waited.
        catch (SocketException)
        {
            Drop(socket);
            return null;
        }
    }

    // At once, without a farewell that the service would have to remember for a minute.
    private static void Drop(Socket socket)
    {
        try
        {
            socket.Close(timeout: 0);
        }
        catch (SocketException)
        {
        }
    }
}
