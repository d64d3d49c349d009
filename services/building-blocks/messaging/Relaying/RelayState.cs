namespace SafeHarbor.Messaging.Relaying;

/// <summary>What health wants to know of the relay.</summary>
internal sealed class RelayState
{
    public volatile bool IsConnected;
}

/// <summary>The relay lost its link and starts again.</summary>
internal sealed class RelayInterruptedException(string message) : Exception(message);
