using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Faults;

/// <summary>
/// The leader of a quorum queue does not answer while every client has to connect anew, as during an election that takes long. Whoever
/// declares the queue or wants to consume from it waits in vain and runs into its timeout.
/// </summary>
internal sealed class QueueWithoutLeader(Site site, string queue) : Fault
{
    // The name under which the queue's Raft server is registered on its node.
    private string Server => $"'{site.VirtualHost}_{queue}'";

    public override TimeSpan Lasts => TimeSpan.FromSeconds(30);

    public override async Task InjectAsync(CancellationToken cancellation)
    {
        var control = site.Servers.RabbitMqControl;
        await control.RunAsync(cancellation, "eval", $"ok = sys:suspend({Server}, 10000).");
        await control.RunAsync(cancellation, "close_all_connections", "--vhost", site.VirtualHost, "chaos");
    }

    public override Task HealAsync(CancellationToken cancellation) =>
        site.Servers.RabbitMqControl.RunAsync(cancellation, "eval", $"ok = sys:resume({Server}, 10000).");

    public override string ToString() => $"{queue} without an answering leader while everybody reconnects";
}
