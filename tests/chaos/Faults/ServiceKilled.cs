using SafeHarbor.Local.Processes;

namespace SafeHarbor.Chaos.Faults;

/// <summary>A service ends between two instructions and is started again some seconds later.</summary>
internal sealed class ServiceKilled(ServiceProcess service) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(3);

    public override bool HealingIsRecovery => true;

    public override Task InjectAsync(CancellationToken cancellation) => service.KillAsync();

    public override Task HealAsync(CancellationToken cancellation) => service.StartAsync(cancellation);

    public override string ToString() => $"{service.Name} killed";
}
