using SafeHarbor.Chaos.Around;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Chaos.Faults;

/// <summary>Two processes of a service, and the one that has been there longer, which holds what only one can hold, is killed: the other goes on alone.</summary>
internal sealed class InstanceKilled(Site site, ServiceKind kind) : Fault
{
    private static readonly TimeSpan SideBySide = TimeSpan.FromSeconds(3);
    private readonly ServiceProcess _second = site.Installation[kind].Another($"{kind.Name}-2");

    private ServiceProcess First => site.Installation[kind];

    public override async Task InjectAsync(CancellationToken cancellation)
    {
        await _second.StartAsync(cancellation);
        await _second.WaitUntilReadyAsync(cancellation);
        site.Doors.Open(kind, _second);
        await Task.Delay(SideBySide, cancellation);
        await First.KillAsync();
    }

    public override async Task TidyAsync(CancellationToken cancellation)
    {
        await First.StartAsync(cancellation);
        await First.WaitUntilReadyAsync(cancellation);
        site.Doors.Close(kind);
        await _second.StopAsync();
    }

    public override string ToString() => $"one of two processes of {kind.Name} killed";
}
