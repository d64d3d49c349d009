using System.Collections.Concurrent;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Chaos.Around;

/// <summary>Where clients find a service: at a living process of it, as behind a load balancer that looks whom it sends to.</summary>
internal sealed class Doors(Installation installation)
{
    private readonly ConcurrentDictionary<ServiceKind, ServiceProcess> _second = new();

    public Uri Of(ServiceKind kind)
    {
        var first = installation[kind];
        return !first.IsRunning && _second.TryGetValue(kind, out var second) ? second.Address : first.Address;
    }

    /// <summary>From now on this process is there for clients when the first one is not.</summary>
    public void Open(ServiceKind kind, ServiceProcess second) => _second[kind] = second;

    public void Close(ServiceKind kind) => _second.TryRemove(kind, out _);
}
