using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Processes;

/// <summary>A county's node beside the checkout's installation: a database, a user at the broker and a process of its own.</summary>
/// <param name="plan">The installation.</param>
/// <param name="keys">Its keys.</param>
/// <param name="node">The node.</param>
internal sealed class NodeInstallation(InstallationPlan plan, DevelopmentKeys keys, Node node)
{
    private string _owner = "";

    /// <summary>Brings it up, or has it give back what it keeps, and returns when that is done.</summary>
    /// <param name="keeps">Whether it keeps its county's; if not it gives them back.</param>
    /// <param name="cancellationToken">Gives up waiting; the node goes on, and is known to 'down'.</param>
    public async Task<InstallationRecord.Service> StartAsync(bool keeps, CancellationToken cancellationToken)
    {
        (var process, _owner) = await NodeProcess.PrepareAsync(plan, keys, node, keeps, cancellationToken);
        process.Launch();
        // Before anything is awaited: what runs must be known to 'down', whatever happens to the launcher.
        Record(new(node.Service, null, process.Process!));
        await process.WaitUntilListeningAsync(cancellationToken);
        var service = new InstallationRecord.Service(node.Service, process.Address, process.Process!);
        Record(service);
        await process.WaitUntilReadyAsync(cancellationToken);
        await NodeProcess.WaitUntilSettledAsync(node, process.Address, cancellationToken);
        return service;
    }

    /// <summary>How many handoffs it keeps.</summary>
    public Task<long> KeepsAsync(CancellationToken cancellationToken) => Database.CountAsync(_owner, "select count(*) from handoffs where keeper is null", cancellationToken);

    /// <summary>How many it has let go of.</summary>
    public Task<long> GaveBackAsync(CancellationToken cancellationToken) => Database.CountAsync(_owner, "select count(*) from handoffs where keeper is not null", cancellationToken);

    /// <summary>Waits until no key leads to its queue any more, and it has told everybody everything.</summary>
    public Task WaitUntilLeftAsync(CancellationToken cancellationToken) => NodeProcess.WaitUntilLeftAsync(plan, node, _owner, cancellationToken);

    private void Record(InstallationRecord.Service service) => InstallationRecord.Read(plan.Directory)!.With(service).Write(plan.Directory);
}
