using SafeHarbor.Local.Servers;

namespace SafeHarbor.Chaos.Faults;

/// <summary>The broker's disk is below its limit: publishers are blocked, without a word to them.</summary>
internal sealed class BrokerDiskFull(RabbitMqControl control) : Fault
{
    private const string Usual = "50MB";

    public override TimeSpan Lasts => TimeSpan.FromSeconds(10);

    public override Task InjectAsync(CancellationToken cancellation) => control.RunAsync(cancellation, "set_disk_free_limit", "1000000GB");

    public override Task HealAsync(CancellationToken cancellation) => control.RunAsync(cancellation, "set_disk_free_limit", Usual);

    public override string ToString() => "broker's disk below its limit";
}
