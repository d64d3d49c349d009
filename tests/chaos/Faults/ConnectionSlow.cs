using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Faults;

/// <summary>Whatever passes between a service and one server takes 300 ms longer, each way.</summary>
internal sealed class ConnectionSlow(Link link) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(10);

    public override Task InjectAsync(CancellationToken cancellation)
    {
        link.Proxy.Delay = TimeSpan.FromMilliseconds(300);
        return Task.CompletedTask;
    }

    public override Task HealAsync(CancellationToken cancellation)
    {
        link.Proxy.Delay = TimeSpan.Zero;
        return Task.CompletedTask;
    }

    public override string ToString() => $"connection between {link} slow";
}
