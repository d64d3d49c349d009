using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Chaos.Around;

/// <summary>The node of the county where most journeys go: there once a fault has brought it up, until another sends it away.</summary>
internal sealed class CountyNode(Installation installation, InstallationPlan plan)
{
    private static readonly Node Node = new("06037", [Organization.Parse("county:06037")]);

    private ServiceProcess? _process;

    /// <summary>What it is called, also among the installation's databases.</summary>
    public static string Service => Node.Service;

    /// <summary>It keeps the county's handoffs, and is to run.</summary>
    public bool IsThere { get; private set; }

    /// <summary>Where clients may find a handoff that the statewide system has not.</summary>
    public Uri? Address => IsThere && _process is { IsRunning: true, BoundAddress: { } address } ? address : null;

    /// <summary>Takes the county's handoffs over.</summary>
    public async Task ArriveAsync(CancellationToken cancellation)
    {
        _process = await installation.NodeAsync(Node, keeps: true, cancellation);
        await StartAsync(cancellation);
        IsThere = true;
        await NodeProcess.WaitUntilSettledAsync(Node, _process.Address, cancellation);
    }

    public Task KillAsync() => _process!.KillAsync();

    public async Task StartAsync(CancellationToken cancellation)
    {
        await _process!.StartAsync(cancellation);
        await _process.WaitUntilReadyAsync(cancellation);
    }

    /// <summary>Gives everything back and goes, as 'node down --give-back' does.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        var (management, virtualHost) = (plan.Servers.RabbitMqManagement, plan.VirtualHostName);
        await _process!.StopAsync();
        do
        {
            _process = await installation.NodeAsync(Node, keeps: false, cancellation);
            await StartAsync(cancellation);
            await NodeProcess.WaitUntilSettledAsync(Node, _process.Address, cancellation);
            await NodeProcess.WaitUntilLeftAsync(plan, Node, installation.Databases[Node.Service], cancellation);
            await _process.StopAsync();
        }
        while (!await NodeQueue.IsEmptyAsync(management, virtualHost, Node, cancellation));
        await NodeQueue.DeleteAsync(management, virtualHost, Node, cancellation);
        IsThere = false;
    }
}
