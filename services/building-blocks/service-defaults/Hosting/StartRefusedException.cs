namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>The service does not start; the message says which setting or endpoint is wrong and what to do. It never holds a secret.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
