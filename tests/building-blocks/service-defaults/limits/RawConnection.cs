using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>A connection on which a test sends what no HTTP client would.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;

    private RawConnection(string from) => _client = new(new IPEndPoint(IPAddress.Parse(from), 0));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Connects, from another of this machine's addresses (Linux) where one is given.</summary>
    public static async Task<RawConnection> OpenAsync(TestService service, string from = "127.0.0.1")
    {
        var connection = new RawConnection(from);
        var address = service.Client.BaseAddress!;
        await connection._client.ConnectAsync(address.Host, address.Port, Cancellation);
        return connection;
    }

    public static async Task<string> ExchangeAsync(TestService service, string request)
    {
        using var connection = await OpenAsync(service);
        await connection.SendAsync(request);
        return await connection.ReadToEndAsync();
    }

    public async Task SendAsync(string text)
    {
        try
        {
            await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), Cancellation);
        }
        catch (IOException)
        {
            // Closed by the server before it has read all: what it answered is what counts.
        }
    }

    /// <summary>Everything until the server closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var received = new MemoryStream();
        try
        {
            await _client.GetStream().CopyToAsync(received, limit.Token);
        }
        catch (IOException)
        {
            // Reset instead of closed.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>Reads until there is an answer whole, without a body of its own length.</summary>
    public async Task<string> ReadAnswerAsync()
    {
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        while (!answer.ToString().EndsWith("0\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await _client.GetStream().ReadAsync(buffer, Cancellation);
            if (read == 0)
                break;
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    public void Dispose() => _client.Dispose();
}
