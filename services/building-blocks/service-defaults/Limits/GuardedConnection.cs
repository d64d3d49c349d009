using Microsoft.AspNetCore.Connections;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>What is going on on a connection that is unknown.</summary>
internal enum ConnectionStage
{
    /// <summary>Nothing was sent yet.</summary>
    Silent,
    /// <summary>Something was sent, but no whole head of a request.</summary>
    Opening,
    /// <summary>A request is under way.</summary>
    Busy,
    /// <summary>All that was asked is answered.</summary>
    Idle,
}

/// <summary>A connection, as <see cref="Connections"/> counts it; a feature of the connection. All members but <see cref="IsKnown"/> are its alone.</summary>
internal sealed class GuardedConnection
{
    private volatile bool _isKnown;

    public GuardedConnection(ConnectionContext transport, ClientNetwork network)
    {
        (Transport, Network) = (transport, network);
        Place = new(this);
    }

    public ConnectionContext Transport { get; }

    public ClientNetwork Network { get; }

    /// <summary>A valid token was seen on it, or it is a trusted proxy's.</summary>
    public bool IsKnown
    {
        get => _isKnown;
        set => _isKnown = value;
    }

    /// <summary>Whose it is once it is known; null for a proxy's.</summary>
    public Organization? Organization { get; set; }

    public ConnectionStage Stage { get; set; }

    /// <summary>When something began or ended on it last, as a timestamp.</summary>
    public long At { get; set; }

    public int Requests { get; set; }

    /// <summary>Among the unknown ones of its network; in no list once it is known or closed.</summary>
    public LinkedListNode<GuardedConnection> Place { get; }
}
