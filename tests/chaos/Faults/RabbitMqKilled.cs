using SafeHarbor.Local.Servers;

namespace SafeHarbor.Chaos.Faults;

/// <summary>The broker ends between two instructions and is started again.</summary>
internal sealed class RabbitMqKilled(OwnServer rabbitMq) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(3);

    public override Task InjectAsync(CancellationToken cancellation) => rabbitMq.KillAsync();

    public override Task HealAsync(CancellationToken cancellation) => rabbitMq.StartAgainAsync(cancellation);

    public override string ToString() => "RabbitMQ killed";
}
