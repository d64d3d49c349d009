using SafeHarbor.Contracts.Messaging;

namespace SafeHarbor.CountyRouting.Nodes;

/// <summary>A county's node, as the statewide system hears of it.</summary>
public sealed class WatchedNode : ITimedSaga
{
    private static readonly Guid Nodes = new("3a9f53c6-0f0e-4a53-8a0f-6f3c1d2b7e46");

    /// <summary>Follows from the name.</summary>
    public Guid CorrelationId { get; set; }
    /// <summary>The state's name.</summary>
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public string Name { get; set; } = "";
    /// <summary>Whose handoffs it keeps.</summary>
    public IReadOnlyList<Organization> Organizations { get; set; } = [];
    /// <summary>How many handoffs waited for somebody there when it was heard last.</summary>
    public int Waiting { get; set; }
    /// <summary>Where its organizations' people reach it; null when it does not say.</summary>
    public string? Link { get; set; }
    /// <summary>When it was heard last, by this system's clock.</summary>
    public DateTimeOffset HeardAt { get; set; }
    /// <summary>When it is looked next whether it has been heard since; null when it is not watched.</summary>
    public DateTimeOffset? LookAt { get; set; }
    /// <summary>The timer of that.</summary>
    public Guid? LookToken { get; set; }

    /// <summary>The id of the node of that name.</summary>
    public static Guid IdOf(string name) => DeterministicId.Of(Nodes, name);

    internal void Hear(NodeAlive alive, DateTimeOffset now) =>
        (Name, Organizations, Waiting, Link, HeardAt) = (alive.Node, alive.Organizations, alive.Waiting, alive.Link, now);
}
