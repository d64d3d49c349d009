using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Contracts;

namespace SafeHarbor.Local.Servers;

/// <summary>A node's queues at the broker, by its management API.</summary>
internal static class NodeQueue
{
    /// <summary>Whether nothing waits in the node's queue. Nothing may be consuming it, nor be bound to it.</summary>
    public static async Task<bool> IsEmptyAsync(string management, string virtualHost, Node node, CancellationToken cancellationToken)
    {
        using var client = VirtualHost.Client(management);
        using var got = await client.PostAsJsonAsync($"{Path(virtualHost, node.QueueOf(Queues.Handoff))}/get", new { count = 1, ackmode = "reject_requeue_true", encoding = "auto" }, cancellationToken);
        got.EnsureSuccessStatusCode();
        return (await got.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetArrayLength() == 0;
    }

    /// <summary>Whether no key leads to the node's queue any more.</summary>
    public static async Task<bool> IsUnboundAsync(string management, string virtualHost, Node node, CancellationToken cancellationToken)
    {
        using var client = VirtualHost.Client(management);
        var bindings = await client.GetFromJsonAsync<JsonElement>(
            $"/api/bindings/{Uri.EscapeDataString(virtualHost)}/e/{BrokerNames.EntranceOf(Queues.Handoff)}/q/{node.QueueOf(Queues.Handoff)}", cancellationToken);
        return bindings.GetArrayLength() == 0;
    }

    /// <summary>Deletes the node's queues: what is addressed to the node from now on goes to the statewide system.</summary>
    public static async Task DeleteAsync(string management, string virtualHost, Node node, CancellationToken cancellationToken)
    {
        using var client = VirtualHost.Client(management);
        foreach (var queue in (string[])[.. node.Queues, BrokerNames.DeadLettersOf(node.Service)])
        {
            using var deleted = await client.DeleteAsync(Path(virtualHost, queue), cancellationToken);
            using var exchange = await client.DeleteAsync($"/api/exchanges/{Uri.EscapeDataString(virtualHost)}/{queue}", cancellationToken);
        }
    }

    private static string Path(string virtualHost, string queue) => $"/api/queues/{Uri.EscapeDataString(virtualHost)}/{queue}";
}
