using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Looks into queues through the management API.</summary>
internal static class Broker
{
    /// <summary>Messages in a queue once there are at least <paramref name="atLeast"/>; fails after 30 s.</summary>
    public static async Task<int> DepthAsync(TestBroker broker, string queue, int atLeast, CancellationToken cancellation)
    {
        for (var i = 0; i < 300; i++)
        {
            var count = (await PeekAsync(broker, queue, cancellation)).Count;
            if (count >= atLeast)
                return count;
            await Task.Delay(100, cancellation);
        }
        throw new InvalidOperationException($"Queue {queue} does not reach {atLeast} messages.");
    }

    /// <summary>The bodies of what is in a queue, in order; they stay there. Empty when there is no such queue.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PeekAsync(TestBroker broker, string queue, CancellationToken cancellation)
    {
        var management = new Uri(broker.Management);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(new Uri(management.GetLeftPart(UriPartial.Authority)), $"/api/queues/{Uri.EscapeDataString(broker.VirtualHostName)}/{queue}/get"))
        {
            Content = JsonContent.Create(new { count = 100, ackmode = "ack_requeue_true", encoding = "auto" }),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        using var response = await http.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
            return [];
        var messages = await response.Content.ReadFromJsonAsync<JsonElement[]>(cancellation);
        return [.. messages!.Select(m => JsonDocument.Parse(m.GetProperty("payload").GetString()!).RootElement)];
    }
}
