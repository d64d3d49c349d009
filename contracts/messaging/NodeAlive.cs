namespace SafeHarbor.Contracts.Messaging;

/// <summary>
/// A node lives: its database commits, and its relay reaches the broker. Published by nodes, every half minute and when they have taken over or given back everything. Of one that is not heard
/// any more the statewide system tells the state's desk (ADR 46).
/// </summary>
[Message("node.alive.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Node])]
public sealed record NodeAlive : IDirectoryMessage
{
    /// <summary>The node's name.</summary>
    public required string Node { get; init; }
    /// <summary>Whose handoffs it keeps, or has not wholly given back; none when it has.</summary>
    public required IReadOnlyList<Organization> Organizations { get; init; }
    /// <summary>How many handoffs it keeps that wait for somebody.</summary>
    public required int Waiting { get; init; }
    /// <summary>Where the organizations' people reach it; null when it does not say.</summary>
    public string? Link { get; init; }
    /// <summary>When, by its clock.</summary>
    public required DateTimeOffset At { get; init; }

    string IDirectoryMessage.Entry => Node;
}
