using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.TestServers;

/// <summary>
/// Virtual hosts with everybody's exchanges and queues, handed from test to test. What comes back is closed to everybody else, which nobody may be
/// connected to any more, and emptied; it is kept when it is as it was declared, and deleted when it is not, or when somebody stays connected.
/// </summary>
internal static class DeclaredHosts
{
    private static readonly ConcurrentQueue<string> Clean = [];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly IReadOnlyList<string> Queues = [.. Subscriptions.All.SelectMany(s => new[] { s.Queue, BrokerNames.DeadLettersOf(s.Service) }).Distinct()];
    private static string? _asDeclared;

    public static string AddressOf(ServerPair servers, string name) => $"{servers.RabbitMq.TrimEnd('/')}/{Uri.EscapeDataString(name)}";

    public static async Task<string> TakeAsync(ServerPair servers, CancellationToken cancellationToken) =>
        Clean.TryDequeue(out var kept) ? kept : await DeclareAsync(servers, cancellationToken);

    public static async Task ReturnAsync(ServerPair servers, string name)
    {
        using var management = Management(servers);
        if (await IsEmptiedAsync(servers, management, name) && await DefinitionsAsync(management, name, CancellationToken.None) == _asDeclared)
            Clean.Enqueue(name);
        else
            await VirtualHost.DeleteAsync(servers.RabbitMqManagement, name, CancellationToken.None);
    }

    private static async Task<string> DeclareAsync(ServerPair servers, CancellationToken cancellationToken)
    {
        var name = $"test-{Guid.NewGuid():N}";
        await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, name, cancellationToken);
        await using (var connection = await ConnectAsync(servers, name, cancellationToken))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
            await Topology.DeclareAsync(channel, cancellationToken);
        if (_asDeclared is null)
        {
            using var management = Management(servers);
            _asDeclared = await DefinitionsAsync(management, name, cancellationToken);
        }
        Servers.AtTheEnd(async () => await VirtualHost.DeleteAsync(servers.RabbitMqManagement, name, CancellationToken.None));
        return name;
    }

    /// <summary>
    /// Empties the queues over the only connection that there is: the broker lets none in while there is another, and when that has ended, what its
    /// consumers had and had not acknowledged is in the queues again. False when somebody stays, when a queue has gone, or is not empty.
    /// </summary>
    private static async Task<bool> IsEmptiedAsync(ServerPair servers, HttpClient management, string name)
    {
        var limit = new Uri($"/api/vhost-limits/{Uri.EscapeDataString(name)}/max-connections", UriKind.Relative);
        using (var closed = await management.PutAsJsonAsync(limit, new { value = 1 }))
            closed.EnsureSuccessStatusCode();
        try
        {
            await using var connection = await ConnectAloneAsync(servers, name);
            if (connection is null)
                return false;
            await using var channel = await connection.CreateChannelAsync();
            foreach (var queue in Queues)
                await channel.QueuePurgeAsync(queue);
            foreach (var queue in Queues)
                if (await channel.QueueDeclarePassiveAsync(queue) is not { MessageCount: 0, ConsumerCount: 0 })
                    return false;
        }
        catch (OperationInterruptedException)
        {
            return false;
        }
        using var open = await management.DeleteAsync(limit);
        open.EnsureSuccessStatusCode();
        return true;
    }

    private static async Task<IConnection?> ConnectAloneAsync(ServerPair servers, string name)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(Pause))
            try
            {
                return await ConnectAsync(servers, name, CancellationToken.None);
            }
            catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException)
            {
                // Somebody is still there.
            }
        return null;
    }

    private static Task<IConnection> ConnectAsync(ServerPair servers, string name, CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = new Uri(AddressOf(servers, name)), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);

    private static HttpClient Management(ServerPair servers)
    {
        var address = new Uri(servers.RabbitMqManagement);
        var client = new HttpClient { BaseAddress = new Uri($"{address.Scheme}://{address.Authority}") };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo))));
        return client;
    }

    /// <summary>Queues, exchanges, bindings, policies and parameters but for the limit that is set and taken back here, in an order of their own.</summary>
    private static async Task<string> DefinitionsAsync(HttpClient management, string name, CancellationToken cancellationToken)
    {
        await using var body = await management.GetStreamAsync(new Uri($"/api/definitions/{Uri.EscapeDataString(name)}", UriKind.Relative), cancellationToken);
        using var definitions = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return string.Join('\n', definitions.RootElement.EnumerateObject().Where(kind => kind.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(kind => kind.Value.EnumerateArray().Select(one => $"{kind.Name} {one.GetRawText()}"))
            .Where(one => !one.Contains("vhost-limits", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
