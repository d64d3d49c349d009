using System.CommandLine;
using System.Security.Cryptography.X509Certificates;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Verbs;

internal static class AuthorityVerb
{
    private static readonly string[] Servers = [ServerHome.Postgres, ServerHome.RabbitMq, .. ServiceKind.All.Select(kind => kind.Name), "webhooks"];

    public static Command Create(Checkout checkout)
    {
        var hosts = new Option<string[]>("--host") { Description = "A further name or address that the servers are reached by, as often as needed. This machine's own are always in." };
        var clients = new Option<string[]>("--client") { Description = "Makes a client's certificate of this name as well, as often as needed." };
        var json = Json.Option();
        var command = new Command("authority", "Makes a certificate authority for development and the certificates of servers and services; those that soon expire are made anew.") { hosts, clients, json };
        command.SetAction(arguments =>
        {
            var authority = DevelopmentAuthority.OfCheckout(checkout);
            Certificate[] certificates =
            [
                Read("authority", authority.AuthorityFile),
                .. Servers.Select(server => Read(server, authority.Server(server, arguments.GetValue(hosts) ?? []).Certificate)),
                .. (arguments.GetValue(clients) ?? []).Select(client => Read(client, authority.Client(client).Certificate)),
            ];
            if (arguments.GetValue(json))
            {
                Console.WriteLine(Json.Of(certificates));
                return;
            }

            Console.WriteLine("For development alone: the authority's key lies beside its certificate, without a password. Let no other machine believe it.");
            foreach (var (name, file, until) in certificates)
                Console.WriteLine($"  {name,-16}{file}  until {until:yyyy-MM-dd}");
        });
        return command;
    }

    private static Certificate Read(string name, string file)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
        return new(name, file, certificate.NotAfter.ToUniversalTime());
    }

    private sealed record Certificate(string Name, string File, DateTime Until);
}
