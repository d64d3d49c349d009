using System.Globalization;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Journeys.Tests;

/// <summary>A county's node on a broker of its own, linked to the state's by what deploy/rabbitmq has: takeover, reports, answers and giving back go over the link, and a link that breaks loses and doubles nothing.</summary>
public sealed class TwoBrokersTests(NodeKillTests.Quiet world) : IClassFixture<NodeKillTests.Quiet>
{
    private const string Statewide = "county-routing";
    private const string County = "county:06037";
    private const string Kept = "select count(*) from handoffs where keeper is null and organization = 'county:06037'";
    // The fault's rhythm, not a wait for anything: long enough for the link to come back and carry something before it breaks again.
    private static readonly TimeSpan BetweenBreaks = TimeSpan.FromSeconds(1.5);
    private static readonly Node Node = new("06037", [Organization.Parse(County)]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_on_a_broker_of_its_own_takes_over_keeps_and_gives_back_whatever_becomes_of_the_link()
    {
        await using var broker = await CountyBroker.StartAsync(Cancellation);
        for (var i = 0; i < 20; i++)
            await ReportAsync();
        await UntilAsync(Statewide, Kept, 20);
        var (user, password) = ($"{Guid.NewGuid():N}-node", Guid.NewGuid().ToString("N"));
        await LinkAsync(broker, user, password);
        Dictionary<string, string?> linked = new() { ["ConnectionStrings__Broker"] = broker.AddressOf(user, password), ["Node__OwnBroker"] = "true" };

        await using var node = (await world.Installation.NodeAsync(Node, keeps: true, Cancellation)).Another(Node.Service, linked);
        await node.StartAsync(Cancellation);
        await NodeProcess.WaitUntilSettledAsync(Node, node.Address, Cancellation);
        await UntilAsync(Node.Service, Kept, 20);
        await UntilAsync(Statewide, Kept, 0);
        await UntilAsync(Statewide, "select count(*) from nodes where current_state = 'HEARD'", 1);
        // Over the link, too, each is the witness of the other's ledger.
        await UntilAsync(Node.Service, "select count(distinct ledger) from ledger_witnessed where ledger in ('intake', 'county-routing')", 2);
        await UntilAsync(Statewide, $"select count(distinct ledger) from ledger_witnessed where ledger = '{Node.Service}'", 1);
        await UntilAsync("intake", $"select count(*) from ledger_witnessed where ledger = '{Node.Service}'", 0);

        // The link breaks again and again while reports come and the county answers: what was under way on it comes twice.
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var thrice = new TaskCompletionSource();
        var breaking = BreakAsync(user, thrice, done.Token);
        for (var i = 0; i < 100; i++)
            await ReportAsync();
        await Task.WhenAny(thrice.Task, breaking).WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        await UntilAsync(Node.Service, Kept, 120);
        foreach (var handoff in await world.QueryAsync(Node.Service, "select correlation_id::text from handoffs where keeper is null", Cancellation))
            (await world.Api.PostAsync(node, County, $"/v1/handoffs/{handoff}/accept", new { }, Cancellation)).IsSuccess.ShouldBeTrue();
        await done.CancelAsync();
        await breaking;
        await UntilAsync("intake", "select count(*) from timeline where type = 'handoff.accepted.v1'", 120);
        await UntilAsync("intake", "select count(distinct encounter_id) from timeline where type = 'handoff.accepted.v1'", 120);

        await node.StopAsync();
        await using var giving = (await world.Installation.NodeAsync(Node, keeps: false, Cancellation)).Another(Node.Service, linked);
        await giving.StartAsync(Cancellation);
        await NodeProcess.WaitUntilSettledAsync(Node, giving.Address, Cancellation);
        await UntilAsync(Statewide, "select count(*) from handoffs where keeper is null and current_state = 'ACCEPTED'", 120);
        await UntilAsync(Node.Service, Kept, 0);
        foreach (var service in (string[])[Statewide, Node.Service, "intake"])
            await UntilAsync(service, "select count(*) from parked", 0);
        await UntilAsync(Statewide, "select count(*) from nodes where current_state = 'LEFT'", 1);
    }

    /// <summary>What docs/running-a-county-node.md says: one file at the state's broker, one at the county's.</summary>
    private async Task LinkAsync(CountyBroker broker, string user, string password)
    {
        var state = new Uri(world.Installation.Broker);
        var virtualHost = Uri.UnescapeDataString(state.AbsolutePath.TrimStart('/'));
        (string, string)[] places =
        [
            ("amqps://safeharbor-node-los-angeles:PASSWORD@STATE-BROKER:5671/safeharbor", new UriBuilder(state) { UserName = user, Password = password }.Uri.AbsoluteUri),
            ("safeharbor-node-los-angeles", user), ("PASSWORD", password), ("los-angeles", Node.Name), ("\"reconnect-delay\": 5", "\"reconnect-delay\": 1"),
        ];
        await CountyBroker.ImportAsync(world.Installation.Management, "node-at-state.json", [.. places, ("\"vhost\": \"safeharbor\"", $"\"vhost\": \"{virtualHost}\"")], Cancellation);
        await broker.ImportAsync("node-at-county.json", places, Cancellation);
    }

    /// <summary>Closes the link's connections at the state's broker until it is told to stop, and says when it has closed three.</summary>
    private async Task BreakAsync(string user, TaskCompletionSource thrice, CancellationToken until)
    {
        using var client = VirtualHost.Client(world.Installation.Management);
        for (var broken = 0; ;)
        {
            try
            {
                await Task.Delay(BetweenBreaks, until);
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                return;
            }
            var connections = await client.GetStringAsync("/api/connections?columns=name,user", Cancellation);
            foreach (var connection in JsonDocument.Parse(connections).RootElement.EnumerateArray().Where(c => c.TryGetProperty("user", out var whose) && whose.GetString() == user))
            {
                using var closed = await client.DeleteAsync($"/api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}", Cancellation);
                broken += closed.IsSuccessStatusCode ? 1 : 0;
                if (broken >= 3)
                    thrice.TrySetResult();
            }
        }
    }

    private Task<JsonElement> ReportAsync() => world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles), Cancellation);

    private async Task UntilAsync(string service, string sql, long expected)
    {
        var end = DateTime.UtcNow.AddMinutes(2);
        long actual;
        while ((actual = long.Parse((await world.QueryAsync(service, sql, Cancellation))[0], CultureInfo.InvariantCulture)) != expected && DateTime.UtcNow < end)
            await Task.Delay(100, Cancellation);
        actual.ShouldBe(expected, $"{service}: {sql}");
    }
}
