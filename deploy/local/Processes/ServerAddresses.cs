namespace SafeHarbor.Local.Processes;

/// <summary>Where one service finds its servers.</summary>
/// <param name="Database">Npgsql connection string of its own database.</param>
/// <param name="Broker"><c>amqp://user:password@host:port/vhost</c>, of its own broker user.</param>
public sealed record ServerAddresses(string Database, string Broker);
