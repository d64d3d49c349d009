using System.Net;
using System.Net.Sockets;

namespace SafeHarbor.Load;

/// <summary>A client at an address of its own: all of 127.0.0.0/8 is this machine (Linux).</summary>
public static class Elsewhere
{
    /// <summary>Connects from an address.</summary>
    /// <param name="address">As in <c>127.0.0.2</c>.</param>
    /// <param name="connectionLifetime">How long a connection is used; zero for a new one with each request.</param>
    public static SocketsHttpHandler From(string address, TimeSpan connectionLifetime) => new()
    {
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = connectionLifetime,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
