using Npgsql;

namespace SafeHarbor.Local.Processes;

/// <summary>Addresses of servers that a service reaches by way of another port of this machine.</summary>
internal static class Rerouted
{
    public static string Database(string connection, IReadOnlyDictionary<string, int> ports, ServiceKind kind) =>
        ports.TryGetValue(kind.Name, out var port)
            ? new NpgsqlConnectionStringBuilder(connection) { Host = "127.0.0.1", Port = port }.ConnectionString
            : connection;

    public static string Broker(string address, IReadOnlyDictionary<string, int> ports, ServiceKind kind) =>
        ports.TryGetValue(kind.Name, out var port) ? new UriBuilder(address) { Host = "127.0.0.1", Port = port }.Uri.AbsoluteUri : address;
}
