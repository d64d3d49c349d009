using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.TestServers;

/// <summary>
/// Virtual hosts with everybody's exchanges and queues, handed from test to test. What comes back is emptied, and kept only when it is as it was declared,
/// when nobody is connected to its queues any more, and when they are still empty as it is handed on; otherwise it is deleted.
/// </summary>
internal static class DeclaredHosts
{
    private static readonly ConcurrentStack<string> Clean = [];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly IReadOnlyList<string> Queues = [.. Subscriptions.All.SelectMany(s => new[] { s.Queue, BrokerNames.DeadLettersOf(s.Service) }).Distinct()];
    private static string? _asDeclared;

    public static string AddressOf(ServerPair servers, string name) => $"{servers.RabbitMq.TrimEnd('/')}/{Uri.EscapeDataString(name)}";

    public static async Task<string> TakeAsync(ServerPair servers, CancellationToken cancellationToken)
    {
        while (Clean.TryPop(out var kept))
        {
            await using var connection = await ConnectAsync(servers, kept, cancellationToken);
            if (await IsQuietAsync(connection, cancellationToken))
                return kept;
            await connection.CloseAsync(cancellationToken);
            await VirtualHost.DeleteAsync(servers.RabbitMqManagement, kept, cancellationToken);
        }
        return await DeclareAsync(servers, cancellationToken);
    }

    public static async Task ReturnAsync(ServerPair servers, string name)
    {
        if (await IsCleanedAsync(servers, name) && await DefinitionsAsync(servers, name, CancellationToken.None) == _asDeclared)
            Clean.Push(name);
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
        _asDeclared ??= await DefinitionsAsync(servers, name, cancellationToken);
        Servers.AtTheEnd(async () => await VirtualHost.DeleteAsync(servers.RabbitMqManagement, name, CancellationToken.None));
        return name;
    }

    /// <summary>Empties the queues once nobody consumes from them; false when somebody goes on, or a queue has gone.</summary>
    private static async Task<bool> IsCleanedAsync(ServerPair servers, string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await using var connection = await ConnectAsync(servers, name, limit.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: limit.Token);
            do
            {
                foreach (var queue in Queues)
                    await channel.QueuePurgeAsync(queue, limit.Token);
                if (await IsQuietAsync(connection, limit.Token))
                    return true;
                await Task.Delay(Pause, limit.Token);
            }
            while (true);
        }
        catch (Exception e) when (e is OperationInterruptedException or BrokerUnreachableException or OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> IsQuietAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var queue in Queues)
            if (await channel.QueueDeclarePassiveAsync(queue, cancellationToken) is not { MessageCount: 0, ConsumerCount: 0 })
                return false;
        return true;
    }

    private static Task<IConnection> ConnectAsync(ServerPair servers, string name, CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = new Uri(AddressOf(servers, name)), AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);

    /// <summary>Queues, exchanges, bindings, policies and parameters, in an order of their own.</summary>
    private static async Task<string> DefinitionsAsync(ServerPair servers, string name, CancellationToken cancellationToken)
    {
        var management = new Uri(servers.RabbitMqManagement);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        await using var body = await client.GetStreamAsync(
            new Uri($"{management.Scheme}://{management.Authority}/api/definitions/{Uri.EscapeDataString(name)}"), cancellationToken);
        using var definitions = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return string.Join('\n', definitions.RootElement.EnumerateObject().Where(kind => kind.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(kind => kind.Value.EnumerateArray().Select(one => $"{kind.Name} {one.GetRawText()}")).Order(StringComparer.Ordinal));
    }
}
