namespace SafeHarbor.Local.Demo;

/// <summary>The demo cannot go on; the message says what the service answered.</summary>
public sealed class DemoFailedException : Exception
{
    public DemoFailedException(string message) : base(message)
    {
    }

    public DemoFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public DemoFailedException()
    {
    }
}
