using SafeHarbor.Local.Processes;

namespace SafeHarbor.Chaos.Faults;

/// <summary>A service stands still, with its connections and its locks, and then goes on where it was.</summary>
internal sealed class ServiceSuspended(ServiceProcess service) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(10);

    public override Task InjectAsync(CancellationToken cancellation)
    {
        service.Suspend();
        return Task.CompletedTask;
    }

    public override Task HealAsync(CancellationToken cancellation)
    {
        service.Resume();
        return Task.CompletedTask;
    }

    public override string ToString() => $"{service.Name} suspended";
}
