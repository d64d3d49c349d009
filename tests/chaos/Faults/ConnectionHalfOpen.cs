using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Faults;

/// <summary>
/// What passes between a service and one server vanishes, and neither is told: connections stay open and silent, new ones too. In the end the
/// way is there again for new connections; the old ones, whose bytes are lost, are dead.
/// </summary>
/// <param name="link">Between whom.</param>
/// <param name="isTold">Whether the service then gets a reset, or has to find out by itself that nobody is at the other end.</param>
internal sealed class ConnectionHalfOpen(Link link, bool isTold) : Fault
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
        if (isTold)
            link.Proxy.Cut();
        else
            link.Proxy.Strand();
        link.Proxy.IsSilent = false;
        return Task.CompletedTask;
    }

    public override string ToString() => $"connection between {link} half-open, and {(isTold ? "reset in the end" : "never reset")}";
}
