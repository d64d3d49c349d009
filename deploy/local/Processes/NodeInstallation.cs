using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Processes;

/// <summary>A county's node beside the checkout's installation: a database, a user at the broker and a process of its own.</summary>
/// <param name="plan">The installation.</param>
/// <param name="keys">Its keys.</param>
/// <param name="node">The node.</param>
internal sealed class NodeInstallation(InstallationPlan plan, DevelopmentKeys keys, Node node)
{
    private static readonly HttpClient Http = LocalHttp.Client(TimeSpan.FromSeconds(5));

    private string _owner = "";

    /// <summary>Brings it up, or has it give back what it keeps, and returns when that is done.</summary>
    /// <param name="keeps">Whether it keeps its county's; if not it gives them back.</param>
    /// <param name="cancellationToken">Gives up waiting; the node goes on, and is known to 'down'.</param>
    public async Task<InstallationRecord.Service> StartAsync(bool keeps, CancellationToken cancellationToken)
    {
        var servers = plan.Servers;
        var database = await Database.CreateAsync(servers.Postgres, plan.DatabaseOf(node), cancellationToken);
        var admin = await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, plan.VirtualHostName, cancellationToken);
        var broker = await BrokerUser.CreateAsync(admin, servers.RabbitMqManagement, plan.BrokerUserOf(node), node, cancellationToken);
        _owner = database.Owner;
        var environment = ServiceEnvironment.Of(plan, keys, node.Service, database.Service, broker);
        environment["Node__Name"] = node.Name;
        environment["Node__Organizations"] = keeps ? string.Join(' ', node.Organizations) : "";
        var process = new ServiceProcess(node.Service, plan.Checkout.BuiltAssembly(ServiceKind.CountyRouting.Project), plan.Directory, environment, endsWithProgram: false)
        {
            Owners = new Dictionary<string, string?> { ["ConnectionStrings__Owner"] = database.Owner, ["ConnectionStrings__BrokerOwner"] = admin },
        };
        await process.MigrateAsync(always: false, cancellationToken);
        process.Launch();
        // Before anything is awaited: what runs must be known to 'down', whatever happens to the launcher.
        Record(new(node.Service, null, process.Process!));
        await process.WaitUntilListeningAsync(cancellationToken);
        var service = new InstallationRecord.Service(node.Service, process.Address, process.Process!);
        Record(service);
        await process.WaitUntilReadyAsync(cancellationToken);
        await WaitUntilSettledAsync(service, cancellationToken);
        return service;
    }

    /// <summary>How many handoffs it keeps.</summary>
    public Task<long> KeepsAsync(CancellationToken cancellationToken) => Database.CountAsync(_owner, "select count(*) from handoffs where keeper is null", cancellationToken);

    /// <summary>How many it has let go of.</summary>
    public Task<long> GaveBackAsync(CancellationToken cancellationToken) => Database.CountAsync(_owner, "select count(*) from handoffs where keeper is not null", cancellationToken);

    /// <summary>Waits until no key leads to its queue any more, and it has told everybody everything.</summary>
    public Task WaitUntilLeftAsync(CancellationToken cancellationToken) => WaitAsync(
        async () => await NodeQueue.IsUnboundAsync(plan.Servers.RabbitMqManagement, plan.VirtualHostName, node, cancellationToken)
            && await Database.CountAsync(_owner, "select count(*) from outbox", cancellationToken) == 0, "leave its queue", cancellationToken);

    private async Task WaitUntilSettledAsync(InstallationRecord.Service service, CancellationToken cancellationToken) => await WaitAsync(async () =>
    {
        using var answer = await Http.GetAsync(new Uri(service.Address!, "/health/ready"), cancellationToken);
        var checks = (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("checks");
        return checks.GetProperty("keeping").GetString() == "Healthy";
    }, "take over, or give back, everything", cancellationToken);

    private async Task WaitAsync(Func<Task<bool>> isSo, string what, CancellationToken cancellationToken)
    {
        for (var waited = Stopwatch.StartNew(); !await isSo(); await Task.Delay(200, cancellationToken))
            if (waited.Elapsed > TimeSpan.FromMinutes(10))
                throw new ServiceFailedException($"{node.Service} did not {what} within ten minutes. It goes on: './safeharbor logs' says at what, and the same command waits again.");
    }

    private void Record(InstallationRecord.Service service) => InstallationRecord.Read(plan.Directory)!.With(service).Write(plan.Directory);
}
