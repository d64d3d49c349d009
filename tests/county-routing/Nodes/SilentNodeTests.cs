using System.Net.Http.Json;
using System.Text.Json;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.CountyRouting.Tests.Nodes;

/// <summary>A county's node ends without giving anything back: the state's desk is told, and told again when it is back (ADR 46).</summary>
public sealed class SilentNodeTests : IAsyncLifetime
{
    private static readonly Node Node = new("los-angeles", [Organization.Parse("county:06037")]);
    private static readonly (string, string)[] Impatient = [("Nodes:SilentAfterSeconds", "3"), ("Node:AliveSeconds", "0.5")];

    private RunningService _statewide = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _statewide = await RunningService.StartAsync(Cancellation, Impatient);

    public async ValueTask DisposeAsync() => await _statewide.DisposeAsync();

    [Fact]
    public async Task The_desk_is_told_when_a_node_ends_and_when_it_is_heard_again_and_of_one_that_has_left_it_is_not()
    {
        var node = await _statewide.StartNodeAsync(Node, Cancellation);
        await IsAsync("HEARD");
        (await HealthAsync()).ShouldBe("Healthy");

        await node.StopAsync();
        var silent = await IsAsync("SILENT");
        silent.GetProperty("organizations")[0].GetString().ShouldBe("county:06037");
        silent.GetProperty("link").GetString().ShouldBe("https://node.county.example");
        (await ToldAsync()).ShouldBe("node.silent.v1");
        for (var i = 0; await HealthAsync() != "Degraded"; i++)
        {
            i.ShouldBeLessThan(200, "health says so");
            await Task.Delay(50, Cancellation);
        }

        node = await _statewide.StartNodeAsync(Node, Cancellation, again: node);
        await IsAsync("HEARD");
        (await ToldAsync()).ShouldBe("node.heard.v1");

        await node.StopAsync();
        await using var giving = await _statewide.StartNodeAsync(Node, Cancellation, again: node, organizations: []);
        await IsAsync("LEFT");
    }

    private async Task<JsonElement> IsAsync(string state)
    {
        for (var i = 0; ; i++)
        {
            var items = (await _statewide.Caller("state:ca").GetFromJsonAsync<JsonElement>("/v1/nodes", Cancellation)).GetProperty("items");
            if (items.GetArrayLength() == 1 && items[0].GetProperty("state").GetString() == state)
                return items[0];
            i.ShouldBeLessThan(600, $"it is {state}: {items}");
            await Task.Delay(50, Cancellation);
        }
    }

    private async Task<string?> HealthAsync() =>
        (await _statewide.Caller("state:ca").GetFromJsonAsync<JsonElement>("/health/ready", Cancellation)).GetProperty("checks").GetProperty("nodes").GetString();

    /// <summary>The type of the next notice that is asked for.</summary>
    private async Task<string> ToldAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_statewide.BrokerAddress) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        for (var i = 0; ; i++)
        {
            if (await channel.BasicGetAsync(Queues.Notice, autoAck: true, Cancellation) is { } delivery)
                return JsonSerializer.Deserialize<SystemNoticeRequested>(delivery.Body.Span, JsonSerializerOptions.Web)!.Type;
            i.ShouldBeLessThan(600, "the desk is told");
            await Task.Delay(50, Cancellation);
        }
    }
}
