using SafeHarbor.Local;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.TestServers;

/// <summary>One pair of servers for a test process, found or started when the first test asks; it ends with the process, however that ends.</summary>
public static class Servers
{
    private static readonly Lazy<Task<ServerPair>> Pair = new(StartAsync);

    public static Task<ServerPair> GetAsync(CancellationToken cancellationToken) => Pair.Value.WaitAsync(cancellationToken);

    private static async Task<ServerPair> StartAsync()
    {
        var checkout = Checkout.Find();
        await ServerPair.StopAbandonedAsync(checkout);
        return await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), Console.Error.WriteLine, CancellationToken.None);
    }
}
