using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests.Running;

/// <summary>A message that waits in a queue.</summary>
public sealed record Waiting(string Type, JsonElement Body);

/// <summary>Looks into queues through the broker's management API.</summary>
internal static class Queues
{
    /// <summary>What has been reported about a notice, by wire name, in order. Intake's timeline gets every event, and no intake runs here.</summary>
    public static async Task<IReadOnlyList<Waiting>> ReportsAsync(TestBroker broker, Guid notice, CancellationToken cancellation) =>
        [.. (await PeekAsync(broker, "intake-timeline", cancellation)).Where(m => m.Body.GetProperty("noticeId").GetGuid() == notice)];

    /// <summary>What is in a queue, in order; it stays there.</summary>
    public static async Task<IReadOnlyList<Waiting>> PeekAsync(TestBroker broker, string queue, CancellationToken cancellation)
    {
        var management = new Uri(broker.Management);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(new Uri(management.GetLeftPart(UriPartial.Authority)), $"/api/queues/{Uri.EscapeDataString(broker.VirtualHostName)}/{queue}/get"))
        {
            Content = JsonContent.Create(new { count = 1000, ackmode = "ack_requeue_true", encoding = "auto" }),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        var messages = await response.Content.ReadFromJsonAsync<JsonElement[]>(cancellation);
        return
        [
            .. messages!.Select(m => new Waiting(m.GetProperty("properties").GetProperty("type").GetString()!,
                JsonDocument.Parse(m.GetProperty("payload").GetString()!).RootElement)),
        ];
    }
}
