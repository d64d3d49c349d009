using Npgsql;
using SafeHarbor.Load;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Chaos.Around;

/// <summary>The way of one service to one of its servers.</summary>
internal sealed record Link(ServiceKind Service, string Server, TcpProxy Proxy)
{
    public const string Database = "database";
    public const string Broker = "broker";

    /// <summary>Both ways of every service.</summary>
    public static IReadOnlyList<Link> Lay(ServerPair servers)
    {
        var postgres = new NpgsqlConnectionStringBuilder(servers.Postgres);
        var rabbitMq = new Uri(servers.RabbitMq);
        return
        [
            .. ServiceKind.All.Select(kind => new Link(kind, Database, new TcpProxy(postgres.Host!, postgres.Port))),
            .. ServiceKind.All.Select(kind => new Link(kind, Broker, new TcpProxy(rabbitMq.Host, rabbitMq.Port))),
        ];
    }

    public static IReadOnlyDictionary<string, int> Ports(IEnumerable<Link> links, string server) =>
        links.Where(link => link.Server == server).ToDictionary(link => link.Service.Name, link => link.Proxy.Port);

    public override string ToString() => $"{Service.Name} and the {Server}";
}
