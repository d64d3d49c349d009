using SafeHarbor.Local.Servers;

namespace SafeHarbor.Chaos.Faults;

/// <summary>The database of every service stops without closing anything in order and has to recover from its log.</summary>
internal sealed class PostgresStopped(OwnServer postgres) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(5);

    public override Task InjectAsync(CancellationToken cancellation) => postgres.StopImmediatelyAsync();

    public override Task HealAsync(CancellationToken cancellation) => postgres.StartAgainAsync(cancellation);

    public override string ToString() => "PostgreSQL stopped immediately";
}
