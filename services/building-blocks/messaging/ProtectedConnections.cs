using Npgsql;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging;

/// <summary>Refuses connections to other machines on which somebody could listen in or answer in the server's place.</summary>
public static class ProtectedConnections
{
    /// <exception cref="StartRefusedException">The database is not on this machine and its certificate would not be checked in full.</exception>
    public static void CheckDatabase(PlainConnections plain, string setting, NpgsqlConnectionStringBuilder connection)
    {
        var hosts = (connection.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(WithoutPort);
        if (connection.SslMode != SslMode.VerifyFull && hosts.FirstOrDefault(host => !plain.MayReach(host)) is { } host)
            throw new StartRefusedException(
                $"{setting} would reach {host} without a full check of its certificate. Add 'SSL Mode=VerifyFull' and, for an authority of your own, 'Root Certificate=FILE.pem'.");
    }

    /// <exception cref="StartRefusedException">The broker is not on this machine and would be spoken to without TLS.</exception>
    public static void CheckBroker(PlainConnections plain, string setting, Uri broker)
    {
        if (broker.Scheme != "amqps" && !plain.MayReach(broker.Host))
            throw new StartRefusedException(
                $"{setting} would reach {broker.Host} without TLS. Begin it with amqps:// and, for an authority of your own, set {BrokerTls.AuthorityFile} to its PEM file.");
    }

    // "name:port" of a list; an address of IP version 6 has more than one colon.
    private static string WithoutPort(string host) => host.Count(c => c == ':') == 1 ? host[..host.IndexOf(':')] : host;
}
