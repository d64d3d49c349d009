using System.Text.Json;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench.Meters;

/// <summary>What the broker has counted in a virtual host; its counts are some seconds old.</summary>
internal sealed record BrokerCounts(long Published, long Acknowledged)
{
    /// <summary>After so long without traffic the counts are exact.</summary>
    public static readonly TimeSpan Lag = TimeSpan.FromSeconds(11);

    public static async Task<BrokerCounts> ReadAsync(string management, string virtualHost, CancellationToken cancellation)
    {
        using var client = VirtualHost.Client(management);
        await using var stream = await client.GetStreamAsync(new Uri($"/api/vhosts/{Uri.EscapeDataString(virtualHost)}", UriKind.Relative), cancellation);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellation);
        return document.RootElement.TryGetProperty("message_stats", out var counts) ? new(Count(counts, "publish"), Count(counts, "ack")) : new(0, 0);
    }

    private static long Count(JsonElement counts, string what) => counts.TryGetProperty(what, out var count) ? count.GetInt64() : 0;
}
