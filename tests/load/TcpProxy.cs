using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SafeHarbor.Load;

/// <summary>Which way bytes go through a <see cref="TcpProxy"/>.</summary>
public enum Direction
{
    ToServer,
    ToClient,
}

/// <summary>Looks at the bytes of one connection in one direction as they pass.</summary>
public delegate void Passing(ReadOnlySpan<byte> bytes);

/// <summary>
/// A port of this machine that leads to a server, where the way can be watched, slowed, cut, and silenced. Connections are independent;
/// what is set holds for those that are open and for later ones.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentDictionary<(Socket Client, Socket Server), TaskCompletionSource> _open = new();
    private readonly ConcurrentDictionary<Socket, bool> _stranded = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;

    /// <param name="host">Of the server.</param>
    /// <param name="port">Of the server.</param>
    public TcpProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Asked once for each connection and direction; null when nobody looks.</summary>
    public Func<Direction, Passing?> Watch { get; init; } = _ => null;

    /// <summary>How long each piece of data waits before it goes on; zero lets it pass at once.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Nothing passes in either direction, and nobody is told: the connections stay open, as when a cable is pulled.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What comes from the server is dropped, what goes to it passes: it acts, and its answers are lost.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>New connections are closed at once.</summary>
    public bool Refuses { get; set; }

    public int Connections => _open.Count;

    /// <summary>Resets every open connection; new ones are accepted unless <see cref="Refuses"/>.</summary>
    public void Cut()
    {
        foreach (var (client, server) in _open.Keys)
        {
            Reset(client);
            Reset(server);
        }
    }

    /// <summary>
    /// Every open connection is dead from now on without its client being told: the server's side is reset, the client's stays open and silent,
    /// as when a firewall on the way has forgotten it. New ones pass.
    /// </summary>
    public void Strand()
    {
        foreach (var (client, server) in _open.Keys)
        {
            _stranded[client] = true;
            Reset(server);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_open.Values.Select(end => end.Task)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ending.IsCancellationRequested)
        {
            var client = await _listener.AcceptSocketAsync(_ending.Token);
            if (Refuses)
                Reset(client);
            else
                _ = ConnectAsync(client);
        }
    }

    private async Task ConnectAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(_host, _port, _ending.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            Reset(client);
            server.Dispose();
            return;
        }
        // Known before the first byte passes: whoever has had an answer may cut or strand what it came through.
        var end = _open[(client, server)] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await Task.WhenAll(PassAsync(client, server, Direction.ToServer), PassAsync(server, client, Direction.ToClient));
            if (_stranded.ContainsKey(client))
                await SwallowAsync(client);
        }
        finally
        {
            client.Dispose();
            server.Dispose();
            _stranded.TryRemove(client, out _);
            _open.TryRemove((client, server), out _);
            end.SetResult();
        }
    }

    private async Task PassAsync(Socket from, Socket to, Direction direction)
    {
        var watcher = Watch(direction);
        var buffer = new byte[32 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _ending.Token) is var count and > 0)
            {
                watcher?.Invoke(buffer.AsSpan(0, count));
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, _ending.Token);
                while (IsSilent)
                    await Task.Delay(10, _ending.Token);
                if (_stranded.ContainsKey(from) || _stranded.ContainsKey(to))
                    return;
                if (!(LosesAnswers && direction == Direction.ToClient))
                    await SendAllAsync(to, buffer.AsMemory(0, count));
            }
            // The server's side may seem to have ended by itself when it is reset.
            if (!_stranded.ContainsKey(to))
                to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            foreach (var end in new[] { from, to })
                if (!_stranded.ContainsKey(end))
                    Reset(end);
        }
    }

    /// <summary>Takes what a stranded client still says, until it gives up.</summary>
    private async Task SwallowAsync(Socket client)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer, _ending.Token) > 0)
                continue;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset(client);
        }
    }

    private async Task SendAllAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await to.SendAsync(bytes, _ending.Token)..];
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other direction was first.
        }
        socket.Dispose();
    }
}
