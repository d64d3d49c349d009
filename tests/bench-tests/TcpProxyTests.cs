using System.Net;
using System.Net.Sockets;
using SafeHarbor.Load;

namespace SafeHarbor.Bench.Tests;

public sealed class TcpProxyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_comes_back_from_the_server_and_was_seen_on_the_way()
    {
        var seen = 0;
        await using var echo = new Echo();
        await using var proxy = new TcpProxy("127.0.0.1", echo.Port) { Watch = direction => direction == Direction.ToServer ? bytes => seen += bytes.Length : null };
        using var client = await ConnectAsync(proxy);

        (await SayAsync(client, 42)).ShouldBe(42);
        seen.ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_resets_what_is_open_and_lets_new_connections_in()
    {
        await using var echo = new Echo();
        await using var proxy = new TcpProxy("127.0.0.1", echo.Port);
        using var cut = await ConnectAsync(proxy);
        await SayAsync(cut, 1);

        proxy.Cut();

        await Should.ThrowAsync<IOException>(async () => await SayAsync(cut, 2));
        using var next = await ConnectAsync(proxy);
        (await SayAsync(next, 3)).ShouldBe(3);
    }

    [Fact]
    public async Task A_silent_way_stays_open_and_what_was_said_comes_when_it_speaks_again()
    {
        await using var echo = new Echo();
        await using var proxy = new TcpProxy("127.0.0.1", echo.Port) { IsSilent = true };
        using var client = await ConnectAsync(proxy);

        var answer = SayAsync(client, 7);
        (await Task.WhenAny(answer, Task.Delay(200, Cancellation))).ShouldNotBe(answer);
        proxy.IsSilent = false;

        (await answer).ShouldBe(7);
    }

    [Fact]
    public async Task A_stranded_connection_is_never_told_and_new_ones_pass()
    {
        await using var echo = new Echo();
        await using var proxy = new TcpProxy("127.0.0.1", echo.Port);
        using var stranded = await ConnectAsync(proxy);
        await SayAsync(stranded, 1);
        proxy.IsSilent = true;
        var held = SayAsync(stranded, 2);

        proxy.Strand();
        proxy.IsSilent = false;

        using var next = await ConnectAsync(proxy);
        (await SayAsync(next, 3)).ShouldBe(3);
        await stranded.GetStream().WriteAsync(new byte[] { 4 }, Cancellation);
        (await Task.WhenAny(held, Task.Delay(200, Cancellation))).ShouldNotBe(held, "neither an answer nor a reset");
    }

    private static async Task<TcpClient> ConnectAsync(TcpProxy proxy)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port, Cancellation);
        return client;
    }

    private static async Task<int> SayAsync(TcpClient client, byte what)
    {
        await client.GetStream().WriteAsync(new[] { what }, Cancellation);
        var answer = new byte[1];
        return await client.GetStream().ReadAsync(answer, Cancellation) == 1 ? answer[0] : throw new IOException("Closed.");
    }

    private sealed class Echo : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Echo()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public ValueTask DisposeAsync()
        {
            _listener.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task AcceptAsync()
        {
            while (await _listener.AcceptTcpClientAsync() is { } client)
                _ = client.GetStream().CopyToAsync(client.GetStream());
        }
    }
}
