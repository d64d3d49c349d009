namespace SafeHarbor.Local.Processes;

/// <summary>A service did not start or migrate. The message holds the end of its log.</summary>
public sealed class ServiceFailedException : Exception
{
    public ServiceFailedException(string message) : base(message)
    {
    }

    public ServiceFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public ServiceFailedException()
    {
    }
}
