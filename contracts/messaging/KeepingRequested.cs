namespace SafeHarbor.Contracts.Messaging;

/// <summary>
/// A node has started and keeps an organization's sagas from now on: whoever keeps them hands them over. Asking again changes nothing but that what is still elsewhere is
/// handed over too. Published by nodes, to the statewide system (ADR 41).
/// </summary>
[Message("keeping.requested.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Handoff])]
public sealed record KeepingRequested : IDirectoryMessage, IAddressed
{
    /// <summary>Whose sagas they are, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>The node that asks, for people to read. What it asks for goes to whoever may bind the organization's key (<see cref="Node.KeeperOf"/>).</summary>
    public required string Node { get; init; }
    /// <summary>Where the organization's people reach it from now on; null when it does not say.</summary>
    public string? Link { get; init; }
    /// <summary>When it was asked.</summary>
    public required DateTimeOffset At { get; init; }

    string IDirectoryMessage.Entry => Organization.Text;

    string? IAddressed.Key => null;
}
