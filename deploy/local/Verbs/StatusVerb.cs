using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class StatusVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Checkout checkout)
    {
        var json = new Option<bool>("--json") { Description = "For programs, with the servers' passwords." };
        var command = new Command("status", "Addresses and health of what is up; succeeds when all of it is ready.") { json };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(json), cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(Checkout checkout, bool json, CancellationToken cancellationToken)
    {
        var record = InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout));
        var servers = ServerPair.FindRunning(ServerHome.OfCheckout(checkout));
        using var api = record is null ? null : new PublicApi(record, DevelopmentKeys.OfCheckout(checkout));
        var services = await Task.WhenAll(ServiceKind.All.Select(kind => LookAtAsync(kind, record, api, cancellationToken)));
        var broker = servers is not null && record is not null ? $"{servers.RabbitMq}/{Uri.EscapeDataString(record.VirtualHost)}" : servers?.RabbitMq;
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    services = services.ToDictionary(service => service.Name, service => new { service.Url, service.Ready, service.Parked }),
                    postgres = servers?.Postgres,
                    rabbitmq = broker,
                    rabbitmqManagement = servers?.RabbitMqManagement,
                },
                Json));
        else
            Write(services, servers, broker);
        return services.All(service => service.Ready) ? 0 : 1;
    }

    private static void Write(Service[] services, ServerPair? servers, string? broker)
    {
        Console.WriteLine($"SafeHarbor {typeof(StatusVerb).Assembly.GetName().Version?.ToString(3)}");
        foreach (var service in services)
            Console.WriteLine($"  {service.Name,-16}{service.Url ?? "not running",-28}{(service.Ready ? "ready" : service.Url is null ? "" : "not ready")}");
        Console.WriteLine($"  {"postgres",-16}{(servers is null ? "not running" : WithoutPassword.OfDatabase(servers.Postgres))}");
        Console.WriteLine($"  {"rabbitmq",-16}{(broker is null ? "not running" : WithoutPassword.OfAddress(broker))}");
        Console.WriteLine($"  {"management",-16}{(servers is null ? "not running" : WithoutPassword.OfAddress(servers.RabbitMqManagement))}");
        if (servers is not null)
            Console.WriteLine($"  {"",-16}with passwords: ./safeharbor status --json");
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

    /// <param name="Name">Of the service.</param>
    /// <param name="Url">Where it is; null when it does not run.</param>
    /// <param name="Ready">Takes requests.</param>
    /// <param name="Parked">Messages that wait for an operator; null when it does not say.</param>
    private sealed record Service(string Name, string? Url, bool Ready, long? Parked);
}
