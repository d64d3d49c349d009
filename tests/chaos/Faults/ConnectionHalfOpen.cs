using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Faults;

/// <summary>
/// What passes between a service and one server vanishes, and neither is told: connections stay open and silent, new ones too. In the end the
/// way is there again for new connections; the old ones, whose bytes are lost, are reset.
/// </summary>
internal sealed class ConnectionHalfOpen(Link link) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(15);

    public override Task InjectAsync(CancellationToken cancellation)
    {
        link.Proxy.IsSilent = true;
        return Task.CompletedTask;
    }

    public override Task HealAsync(CancellationToken cancellation)
    {
        // In this order: what is held back must not pass.
        link.Proxy.Cut();
        link.Proxy.IsSilent = false;
        return Task.CompletedTask;
    }

    public override string ToString() => $"connection between {link} half-open";
}
