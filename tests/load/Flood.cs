using System.Net;
using System.Net.Sockets;

namespace SafeHarbor.Load;

/// <summary>What somebody does who holds connections that are good for nothing.</summary>
public enum FloodKind
{
    /// <summary>Connects and sends nothing.</summary>
    Silent,
    /// <summary>Asks once, without a token, and keeps the connection.</summary>
    Idle,
    /// <summary>Connects and is gone at once, before it can have been let in.</summary>
    Gone,
}

/// <summary>One address that holds as many connections to a service as it can, and makes anew what the service closes.</summary>
public sealed class Flood : IAsyncDisposable
{
    private const int Lanes = 8;
    private static readonly byte[] Question = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();

    private readonly CancellationTokenSource _over = new();
    private readonly IPEndPoint _service;
    private readonly FloodKind _kind;
    private readonly Socket?[] _held;
    private readonly Task _running;
    private int _opened;

    private Flood(Uri service, FloodKind kind, int connections)
    {
        (_service, _kind, _held) = (new(IPAddress.Parse(service.Host), service.Port), kind, new Socket?[connections]);
        _running = Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => Task.Run(() => HoldAsync(lane))));
    }

    /// <summary>Connections that were made until now, also those that the service has closed since.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Begins.</summary>
    /// <param name="service">Where it listens: an address, not a name, without TLS.</param>
    /// <param name="kind">What is done on each.</param>
    /// <param name="connections">How many are to be held at once.</param>
    public static Flood Start(Uri service, FloodKind kind, int connections) => new(service, kind, connections);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var socket in _held)
            Drop(socket);
        _over.Dispose();
    }

    private async Task HoldAsync(int lane)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            for (var i = lane; i < _held.Length; i += Lanes)
            {
                if (_held[i] is { } socket && !IsClosed(socket))
                    continue;
                Drop(_held[i]);
                _held[i] = null;
                _held[i] = await ConnectAsync();
                // At first as fast as it goes, then a thousand or so a second.
                if (!isFirst)
                    await Task.Delay(Lanes, _over.Token);
            }
            await Task.Delay(100, _over.Token);
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(_service, _over.Token);
            if (_kind == FloodKind.Idle)
                await socket.SendAsync(Question, _over.Token);
            Interlocked.Increment(ref _opened);
            if (_kind != FloodKind.Gone)
                return socket;
            Drop(socket);
            return null;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead) && (socket.Available == 0 || socket.Receive(new byte[4096]) == 0);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    // Ports that wait for late packets would run out.
    private static void Drop(Socket? socket)
    {
        if (socket is null)
            return;
        socket.LingerState = new(enable: true, seconds: 0);
        socket.Dispose();
    }
}
