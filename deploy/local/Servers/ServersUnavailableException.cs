namespace SafeHarbor.Local.Servers;

/// <summary>No server could be found or started. The message says what to install or to set.</summary>
public sealed class ServersUnavailableException : Exception
{
    public ServersUnavailableException(string message) : base(message)
    {
    }

    public ServersUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public ServersUnavailableException()
    {
    }
}
