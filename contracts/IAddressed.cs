namespace SafeHarbor.Contracts;

/// <summary>
/// A message with one addressee: of the queues that it is bound to, an addressed one (<see cref="Queues.Addressed"/>) gets it only when no
/// <see cref="Node"/> has bound its key; otherwise the node's queue does. The other queues get it as any message.
/// </summary>
public interface IAddressed
{
    /// <summary>The routing key; null for the statewide system. It is no member of the message on the wire.</summary>
    string? Key { get; }
}
