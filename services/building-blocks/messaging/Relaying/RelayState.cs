using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>What the rest of the service knows of its relay.</summary>
internal sealed class RelayState
{
    /// <summary>The link to the broker while there is one.</summary>
    public volatile BrokerLink? Link;

    /// <summary>This process relays every lane, so that nobody else has to be told of a commit.</summary>
    public volatile bool HasAllLanes;

    /// <summary>Rings when something has been added to the outbox.</summary>
    public Wakeup Outbox { get; } = new();

    /// <summary>Rings when a timer has been started that may be due before the clock looks again.</summary>
    public Wakeup Timers { get; } = new();
}

/// <summary>The relay lost its link and starts again.</summary>
internal sealed class RelayInterruptedException(string message, Exception? cause = null) : Exception(message, cause);
