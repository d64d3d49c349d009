using System.Net.Sockets;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>A connection on which a test sends what no HTTP client would.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RawConnection> OpenAsync(TestService service)
    {
        var connection = new RawConnection();
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

    public void Dispose() => _client.Dispose();
}
