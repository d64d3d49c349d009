using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>What a relay works on.</summary>
/// <param name="Service">The service it relays for.</param>
/// <param name="Database">The service's database, for connections that belong to the relay alone: a pooled one would keep its locks after it was given back.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Authority">Who alone may have signed the broker's certificate; null for the machine's authorities.</param>
/// <param name="Attempts">How often the broker may refuse a message before it is parked.</param>
/// <param name="Node">The node that it is; null when it belongs to the statewide system.</param>
/// <param name="IsSandbox">What it sends is marked as a sandbox's.</param>
internal sealed record RelaySettings(string Service, string Database, Uri Broker, TrustedAuthority? Authority, int Attempts, Node? Node = null, bool IsSandbox = false)
{
    /// <summary>Its keys are bound once it has taken over.</summary>
    public bool BindsLater { get; set; }
}
