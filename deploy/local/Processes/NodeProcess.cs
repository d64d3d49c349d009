using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Processes;

/// <summary>A county's node as a process beside an installation, with what it needs of its own: a database and a user at the broker.</summary>
internal static class NodeProcess
{
    private static readonly HttpClient Http = LocalHttp.Client(TimeSpan.FromSeconds(5));

    /// <summary>Makes both, or finds them, migrates, and gives the process, which is not started.</summary>
    /// <param name="plan">The installation.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="node">The node.</param>
    /// <param name="keeps">Whether it keeps its organizations' handoffs; if not it gives them back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The process, and its database for its owner.</returns>
    public static async Task<(ServiceProcess Process, string Database)> PrepareAsync(InstallationPlan plan, DevelopmentKeys keys, Node node, bool keeps, CancellationToken cancellationToken)
    {
        var servers = plan.Servers;
        var database = await Database.CreateAsync(servers.Postgres, plan.DatabaseOf(node), cancellationToken);
        var admin = await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, plan.VirtualHostName, cancellationToken);
        var broker = await BrokerUser.CreateAsync(admin, servers.RabbitMqManagement, plan.BrokerUserOf(node), node, cancellationToken);
        var environment = ServiceEnvironment.Of(plan, keys, node.Service, database.Service, broker);
        environment["Node__Name"] = node.Name;
        environment["Node__Organizations"] = keeps ? string.Join(' ', node.Organizations) : "";
        foreach (var (name, value) in plan.Environment)
            environment[name] = value;
        var process = new ServiceProcess(node.Service, plan.Checkout.BuiltAssembly(ServiceKind.CountyRouting.Project), plan.Directory, environment, plan.Fresh)
        {
            Owners = new Dictionary<string, string?> { ["ConnectionStrings__Owner"] = database.Owner, ["ConnectionStrings__BrokerOwner"] = admin },
        };
        await process.MigrateAsync(always: false, cancellationToken);
        return (process, database.Owner);
    }

    /// <summary>Waits until the node that listens there has taken over, or given back, everything.</summary>
    public static Task WaitUntilSettledAsync(Node node, Uri address, CancellationToken cancellationToken) => WaitAsync(node, async () =>
    {
        using var answer = await Http.GetAsync(new Uri(address, "/health/ready"), cancellationToken);
        var checks = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("checks");
        return checks.GetProperty("keeping").GetString() == "Healthy";
    }, "take over, or give back, everything", cancellationToken);

    /// <summary>Waits until no key leads to the node's queue any more, and it has told everybody everything.</summary>
    public static Task WaitUntilLeftAsync(InstallationPlan plan, Node node, string database, CancellationToken cancellationToken) => WaitAsync(node,
        async () => await NodeQueue.IsUnboundAsync(plan.Servers.RabbitMqManagement, plan.VirtualHostName, node, cancellationToken)
            && await Database.CountAsync(database, "select count(*) from outbox", cancellationToken) == 0, "leave its queue", cancellationToken);

    private static async Task WaitAsync(Node node, Func<Task<bool>> isSo, string what, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(200, cancellationToken))
            if (waited.Elapsed > TimeSpan.FromMinutes(10))
                throw new ServiceFailedException($"{node.Service} did not {what} within ten minutes. It goes on: './safeharbor logs' says at what, and the same command waits again.");
    }
}
