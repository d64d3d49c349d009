using SafeHarbor.Chaos.Around;

namespace SafeHarbor.Chaos.Faults;

/// <summary>Every connection of a service to one server is reset, and refused for some seconds.</summary>
internal sealed class ConnectionCut(Link link) : Fault
{
    public override TimeSpan Lasts => TimeSpan.FromSeconds(4);

    public override Task InjectAsync(CancellationToken cancellation)
    {
        link.Proxy.Refuses = true;
        link.Proxy.Cut();
        return Task.CompletedTask;
    }

    public override Task HealAsync(CancellationToken cancellation)
    {
        link.Proxy.Refuses = false;
        return Task.CompletedTask;
    }

    public override string ToString() => $"connection between {link} cut";
}
