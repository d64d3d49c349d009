using System.Globalization;
using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Checks;

/// <summary>A queue as the node itself counts it: the management API's numbers may be half a minute old.</summary>
internal sealed record BrokerQueue(string Name, long Messages, int Consumers)
{
    private static readonly string[] ParkingSuffixes = ["_error", "_skipped", "dead-letter", "parked", "unrouted"];

    /// <summary>Holds what was set aside.</summary>
    public bool IsForParking => ParkingSuffixes.Any(suffix => Name.EndsWith(suffix, StringComparison.Ordinal));

    public static async Task<IReadOnlyList<BrokerQueue>> AllAsync(Site site, CancellationToken cancellation)
    {
        var listed = await site.Servers.RabbitMqControl.RunAsync(
            cancellation, "list_queues", "--vhost", site.VirtualHost, "--no-table-headers", "name", "messages", "consumers");
        return
        [
            .. from line in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
               let parts = line.Split('\t')
               where parts.Length == 3
               select new BrokerQueue(parts[0], Number(parts[1]), (int)Number(parts[2])),
        ];
    }

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
