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
    public void What_operators_import_gives_each_services_user_exactly_these_rights()
    {
        using var definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(Checkout(), "deploy/rabbitmq/definitions.json")));
        var given = definitions.RootElement.GetProperty("permissions").EnumerateArray().ToDictionary(
            p => p.GetProperty("user").GetString()!,
            p => new BrokerRights(p.GetProperty("configure").GetString()!, p.GetProperty("write").GetString()!, p.GetProperty("read").GetString()!));
        given.Remove("safeharbor").ShouldBeTrue("the administrator's");
        given.ShouldBe(Services.All.ToDictionary(service => $"safeharbor-{service}", BrokerRights.Of), ignoreOrder: true);
    }

    private static string Checkout()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "SafeHarbor.sln")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run from within the checkout.");
        return directory.FullName;
    }
}
