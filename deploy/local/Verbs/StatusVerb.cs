using System.CommandLine;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class StatusVerb
{
    public static Command Create(Checkout checkout)
    {
        var json = Json.Option();
        var passwords = new Option<bool>("--show-passwords") { Description = "With the servers' passwords." };
        var command = new Command("status", "Addresses and health of what is up; succeeds when all of it is ready.") { json, passwords };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, cancellationToken, arguments.GetValue(json), arguments.GetValue(passwords)));
        return command;
    }

    public static async Task<int> RunAsync(Checkout checkout, CancellationToken cancellationToken, bool json = false, bool passwords = false)
    {
        var record = InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout));
        var servers = await ServerPair.FindRunningAsync(ServerHome.OfCheckout(checkout), cancellationToken);
        using var api = record is null ? null : new PublicApi(record.AddressOf, DevelopmentKeys.OfCheckout(checkout));
        var services = await Task.WhenAll(ServiceKind.All.Select(kind => LookAtAsync(kind, record, api, cancellationToken)));
        var at = servers is null ? null : Addresses.Of(servers, record?.VirtualHost, passwords);
        if (json)
            Console.WriteLine(Json.Of(new
            {
                services = services.ToDictionary(service => service.Name, service => new { service.Url, service.Ready, service.Parked }),
                nodes = record?.Nodes?.ToDictionary(node => node.Name, node => new { url = node.Process.IsRunning ? node.Address?.GetLeftPart(UriPartial.Authority) : null }),
                sandbox = record is { IsSandbox: true } ? new { url = record.SandboxHost?.Address } : null,
                at?.Postgres,
                at?.Rabbitmq,
                at?.RabbitmqManagement,
            }));
        else
            Write(services, record, at, passwords);
        return services.All(service => service.Ready) ? 0 : 1;
    }

    private static void Write(Service[] services, InstallationRecord? record, Addresses? servers, bool passwords)
    {
        Console.WriteLine($"SafeHarbor {typeof(StatusVerb).Assembly.GetName().Version?.ToString(3)}");
        foreach (var service in services)
            Console.WriteLine($"  {service.Name,-16}{service.Url ?? "not running",-28}{(service.Ready ? "ready" : service.Url is null ? "" : "not ready")}");
        if (record is { IsSandbox: true })
            Console.WriteLine($"  {"sandbox",-16}{(record.SandboxHost is { Address: { } address, Process.IsRunning: true } ? $"{address}  received webhooks" : "nobody is played: ./safeharbor sandbox")}");
        foreach (var node in record?.Nodes ?? [])
            Console.WriteLine($"  {node.Name,-16}{(node.Process.IsRunning ? node.Address?.GetLeftPart(UriPartial.Authority) : "not running"),-28}a county's node");
        if (services.FirstOrDefault(service => service.Url is not null) is { } any)
            Console.WriteLine($"  {"documents",-16}{any.Url}/docs/, and each service's API at its own /docs/reference/");
        Console.WriteLine($"  {"postgres",-16}{servers?.Postgres ?? "not running"}");
        Console.WriteLine($"  {"rabbitmq",-16}{servers?.Rabbitmq ?? "not running"}");
        Console.WriteLine($"  {"management",-16}{servers?.RabbitmqManagement ?? "not running"}");
        if (servers is not null && !passwords)
            Console.WriteLine($"  {"",-16}with passwords: ./safeharbor status --show-passwords");
        if (services.Any(service => service.Url is not null))
            Console.WriteLine($"  {"parked messages",-16}{(services.All(service => service.Parked is not null) ? services.Sum(service => service.Parked) : "not known while a service does not answer")}");
    }

    private static async Task<Service> LookAtAsync(ServiceKind kind, InstallationRecord? record, PublicApi? api, CancellationToken cancellationToken) =>
        record?.Services.SingleOrDefault(service => service.Name == kind.Name) is { Address: { } address, Process.IsRunning: true }
        && await ServiceProcess.IsReadyAsync(address, cancellationToken) is var ready
            ? new Service(kind.Name, address.GetLeftPart(UriPartial.Authority), ready, ready ? await CountParkedAsync(api!, kind, cancellationToken) : null)
            : new Service(kind.Name, null, false, null);

    private static async Task<long?> CountParkedAsync(PublicApi api, ServiceKind kind, CancellationToken cancellationToken)
    {
        try
        {
            return await api.ParkedAsync(kind, "PARKED", cancellationToken).LongCountAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or DemoFailedException)
        {
            return null;
        }
    }

    /// <summary>Where the servers are, as it may be shown.</summary>
    private sealed record Addresses(string Postgres, string Rabbitmq, string RabbitmqManagement)
    {
        public static Addresses Of(ServerPair servers, string? virtualHost, bool passwords)
        {
            var broker = virtualHost is null ? servers.RabbitMq : $"{servers.RabbitMq}/{Uri.EscapeDataString(virtualHost)}";
            return passwords
                ? new(servers.Postgres, broker, servers.RabbitMqManagement)
                : new(WithoutPassword.OfDatabase(servers.Postgres), WithoutPassword.OfAddress(broker), WithoutPassword.OfAddress(servers.RabbitMqManagement));
        }
    }

    /// <param name="Name">Of the service.</param>
    /// <param name="Url">Where it is; null when it does not run.</param>
    /// <param name="Ready">Takes requests.</param>
    /// <param name="Parked">Messages that wait for an operator; null when it does not say.</param>
    private sealed record Service(string Name, string? Url, bool Ready, long? Parked);
}
