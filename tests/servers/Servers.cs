using System.Collections.Concurrent;
using Npgsql;
using SafeHarbor.Local;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Testing;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.TestServers;

/// <summary>One pair of servers for a test process, found or started when the first test asks; it ends with the process, however that ends.</summary>
public static class Servers
{
    // Kept, because what nobody refers to is let go of, and its servers end; they end with this process anyway.
    private static HeldServers? _held;

    private static readonly Lazy<Task<ServerPair>> Pair = new(StartAsync);

    public static Task<ServerPair> GetAsync(CancellationToken cancellationToken) => Pair.Value.WaitAsync(cancellationToken);

    private static readonly Lazy<Task<ServerPair>> PairWithTls = new(StartWithTlsAsync);

    /// <summary>Another pair, always of its own, that takes connections with TLS alone; certificates are of the checkout's development authority.</summary>
    public static Task<ServerPair> GetWithTlsAsync(CancellationToken cancellationToken) => PairWithTls.Value.WaitAsync(cancellationToken);

    private static readonly ConcurrentStack<Func<ValueTask>> End = [];

    /// <summary>Clears away what tests of this process shared, where the servers outlive it.</summary>
    internal static void AtTheEnd(Func<ValueTask> clear) => End.Push(clear);

    private static Task<ServerPair> StartWithTlsAsync()
    {
        var checkout = Checkout.Find();
        var home = ServerHome.ForTests(checkout) with { Authority = DevelopmentAuthority.OfCheckout(checkout) };
        return ServerPair.StartOwnAsync(home, Console.Error.WriteLine, CancellationToken.None);
    }

    private static async Task<ServerPair> StartAsync()
    {
        var checkout = Checkout.Find();
        await ServerPair.StopAbandonedAsync(checkout);
        _held = await HeldServers.StartAsync(checkout, CancellationToken.None);
        var pair = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), Console.Error.WriteLine, CancellationToken.None);
        if (pair.IsShared && _held is null)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.WhenAll(End.Select(clear => Task.Run(() => ClearAsync(clear)))).GetAwaiter().GetResult();
        return pair;
    }

    private static async Task ClearAsync(Func<ValueTask> clear)
    {
        try
        {
            await clear();
        }
        catch (Exception e) when (e is NpgsqlException or HttpRequestException or IOException)
        {
            // What a failed test still uses ends with the servers; it must not fail those that have passed.
            await Console.Error.WriteLineAsync($"Not cleared away: {e.Message}");
        }
    }
}
