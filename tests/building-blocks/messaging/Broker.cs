using System.Net.Http.Json;
using System.Text.Json;
using RabbitMQ.Client;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Looks into queues through the management API.</summary>
internal static class Broker
{
    /// <summary>Waits until a queue holds nothing, delivered or not; fails after 30 s.</summary>
    public static async Task EmptyAsync(TestBroker broker, string queue, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.Address) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        // What has been delivered and not acknowledged is not counted, so it has to be empty for a while.
        for (var (quiet, i) = (0, 0); quiet < 10; i++)
        {
            i.ShouldBeLessThan(600, $"{queue} does not become empty");
            quiet = await channel.MessageCountAsync(queue, cancellation) == 0 ? quiet + 1 : 0;
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>The queue of what the broker gave up of the test's service; real services' are declared with everything else.</summary>
    public static async Task DeclareDeadLettersAsync(TestBroker broker, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(broker.Address) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await channel.QueueDeclareAsync(Topology.DeadLetterQueueOf("test"), durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
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
