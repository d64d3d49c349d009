using System.Text.Json;
using System.Text.RegularExpressions;

namespace SafeHarbor.Contracts.Tests;

/// <summary>What services' users may do at the broker, and that what operators import says the same.</summary>
public sealed class BrokerRightsTests
{
    [Fact]
    public void A_service_reads_no_queue_but_its_own_and_nobody_reaches_queues_by_the_default_exchange()
    {
        foreach (var service in Services.All)
        {
            var rights = BrokerRights.Of(service);
            foreach (var (queue, isOwn) in Subscriptions.All.Select(s => (s.Queue, s.Service == service)))
            {
                Regex.IsMatch(queue, rights.Read).ShouldBe(isOwn, $"{service} reads {queue}");
                Regex.IsMatch(queue, rights.Write).ShouldBe(isOwn, $"{service} writes to {queue}");
                Regex.IsMatch(queue, rights.Configure).ShouldBe(isOwn, $"{service} configures {queue}");
            }
            foreach (var right in (string[])[rights.Configure, rights.Write, rights.Read])
                foreach (var name in (string[])["amq.default", "", "anything", $"{service}-x", $"x-{service}-dead-letter", "safeharborxencounter.reported.v1"])
                    Regex.IsMatch(name, right).ShouldBeFalse($"{service}: {right} matches '{name}'");
        }
    }

    [Fact]
    public void A_node_has_its_own_queues_and_its_own_keys_and_no_services()
    {
        var node = new Node("los-angeles", [Organization.Parse("county:06037"), Organization.Parse("da:06037")]);

        BrokerRights.Of(node).Configure.ShouldBe("^(node-los-angeles-dead-letter|node-los-angeles-handoff|node-los-angeles-witness)$");
        BrokerRights.Of(node).Read.ShouldBe(
            @"^(county-routing-handoff-addressed|node-los-angeles-dead-letter|node-los-angeles-handoff|node-los-angeles-witness|safeharbor\.ledger\.checkpointed\.v1)$");
        KeyRights.Of(node).ShouldBe([new("county-routing-handoff-addressed", "^$", "^(county:06037|da:06037|keeper:county:06037|keeper:da:06037|node:los-angeles)$")]);
        foreach (var queue in Queues.All)
            foreach (var right in (string[])[BrokerRights.Of(node).Configure, BrokerRights.Of(node).Write, BrokerRights.Of(node).Read])
                Regex.IsMatch(queue, right).ShouldBeFalse(queue);
        foreach (var name in (string[])["", "Los Angeles", "a.b", "a-", "#", new('a', 41)])
            Should.Throw<FormatException>(() => new Node(name, []));
    }

    [Fact]
    public void What_operators_import_gives_each_services_user_exactly_these_rights()
    {
        using var definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout(), "deploy/rabbitmq/definitions.json")));
        var given = definitions.RootElement.GetProperty("permissions").EnumerateArray().ToDictionary(
            p => p.GetProperty("user").GetString()!,
            p => new BrokerRights(p.GetProperty("configure").GetString()!, p.GetProperty("write").GetString()!, p.GetProperty("read").GetString()!));
        given.Remove("safeharbor").ShouldBeTrue("the administrator's");
        given.ShouldBe(Services.All.ToDictionary(service => $"safeharbor-{service}", BrokerRights.Of), ignoreOrder: true);
    }

    [Fact]
    public void What_operators_read_gives_a_node_exactly_its_rights()
    {
        var node = new Node("los-angeles", [Organization.Parse("county:06037")]);
        var read = File.ReadAllText(Path.Combine(Checkout(), "deploy/rabbitmq/README.md"));
        foreach (var right in (string[])[BrokerRights.Of(node).Configure, BrokerRights.Of(node).Write, BrokerRights.Of(node).Read])
            read.ShouldContain($"      '{right}'");
        foreach (var keys in KeyRights.Of(node))
            read.ShouldContain($"{keys.Exchange} '{keys.Write}' '{keys.Read}'");
    }

    [Fact]
    public void What_links_a_nodes_own_broker_to_the_states_carries_what_nodes_publish_and_nothing_else()
    {
        var node = new Node("los-angeles", [Organization.Parse("county:06037")]);
        foreach (var file in (string[])["node-at-state.json", "node-at-county.json", "../docker/node-user.json"])
        {
            using var definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout(), "deploy/rabbitmq", file)));
            var permission = definitions.RootElement.GetProperty("permissions").EnumerateArray().ShouldHaveSingleItem();
            new BrokerRights(permission.GetProperty("configure").GetString()!, permission.GetProperty("write").GetString()!, permission.GetProperty("read").GetString()!).ShouldBe(BrokerRights.Of(node), file);
            var keys = definitions.RootElement.GetProperty("topic_permissions").EnumerateArray().ShouldHaveSingleItem();
            KeyRights.Of(node).ShouldBe([new(keys.GetProperty("exchange").GetString()!, keys.GetProperty("write").GetString()!, keys.GetProperty("read").GetString()!)], file);
        }
        Bound("node-at-county.json", node.Outgoing, "source").ShouldBe(Publications.OfNodes.Select(BrokerNames.ExchangeOf), ignoreOrder: true);
        Bound("node-at-state.json", node.QueueOf(Queues.Handoff), "routing_key").ShouldBe([.. node.Keys, ""], ignoreOrder: true);
        foreach (var queue in Queues.OfEveryNode)
            Bound("node-at-state.json", node.QueueOf(queue), "source").ShouldBe([.. Subscriptions.OfNodes(queue).Select(BrokerNames.ExchangeOf), node.QueueOf(queue)], ignoreOrder: true);
        using var county = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout(), "deploy/rabbitmq/node-at-county.json")));
        county.RootElement.GetProperty("parameters").EnumerateArray().Select(shovel => shovel.GetProperty("value").GetProperty("src-queue").GetString())
            .ShouldBe([.. node.Queues, node.Outgoing], ignoreOrder: true);
    }

    private static IEnumerable<string> Bound(string file, string queue, string by)
    {
        using var definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout(), "deploy/rabbitmq", file)));
        return [.. definitions.RootElement.GetProperty("bindings").EnumerateArray().Where(b => b.GetProperty("destination").GetString() == queue).Select(b => b.GetProperty(by).GetString()!)];
    }

    private static string Checkout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "SafeHarbor.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run from within the checkout.");
        return directory.FullName;
    }
}
