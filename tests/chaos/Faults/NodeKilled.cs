using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Faults;

/// <summary>
/// A county's node takes over what is under way while reports flow, is killed, and is started again; it stays for the faults to come. The next time it is killed, started again, and gives
/// everything back.
/// </summary>
internal sealed class NodeKilled(CountyNode node) : Fault
{
    private readonly bool _leaves = node.IsThere;

    public override TimeSpan Lasts => TimeSpan.FromSeconds(3);

    public override bool HealingIsRecovery => true;

    public override async Task InjectAsync(CancellationToken cancellation)
    {
        if (!_leaves)
            await node.ArriveAsync(cancellation);
        await node.KillAsync();
    }

    public override Task HealAsync(CancellationToken cancellation) => node.StartAsync(cancellation);

    public override Task TidyAsync(CancellationToken cancellation) => _leaves ? node.LeaveAsync(cancellation) : Task.CompletedTask;

    public override string ToString() => _leaves ? "a county's node killed, which then gives everything back" : "a county's node killed, which had just taken over";
}
