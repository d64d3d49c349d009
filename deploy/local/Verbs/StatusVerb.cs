using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Verbs;

internal static class StatusVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Checkout checkout)
    {
        var json = new Option<bool>("--json") { Description = "For programs." };
        var command = new Command("status", "Addresses and health of what is up; succeeds when all of it is ready.") { json };
        command.SetAction((arguments, cancellationToken) => RunAsync(checkout, arguments.GetValue(json), cancellationToken));
        return command;
    }

    public static async Task<int> RunAsync(Checkout checkout, bool json, CancellationToken cancellationToken)
    {
        var record = InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout));
        var servers = ServerPair.FindRunning(ServerHome.OfCheckout(checkout));
        var services = await Task.WhenAll(ServiceKind.All.Select(kind => LookAtAsync(kind, record, cancellationToken)));
        var broker = servers is not null && record is not null ? $"{servers.RabbitMq}/{Uri.EscapeDataString(record.VirtualHost)}" : servers?.RabbitMq;
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(
                new
                {
                    services = services.ToDictionary(service => service.Name, service => new { service.Url, service.Ready }),
                    postgres = servers?.Postgres,
                    rabbitmq = broker,
                    rabbitmqManagement = servers?.RabbitMqManagement,
                },
                Json));
        else
            await WriteAsync(services, servers, record, broker, cancellationToken);
        return services.All(service => service.Ready) ? 0 : 1;
    }

    private static async Task WriteAsync(
        Service[] services, ServerPair? servers, InstallationRecord? record, string? broker, CancellationToken cancellationToken)
    {
        Console.WriteLine($"SafeHarbor {typeof(StatusVerb).Assembly.GetName().Version?.ToString(3)}");
        foreach (var service in services)
            Console.WriteLine($"  {service.Name,-16}{service.Url ?? "not running",-28}{(service.Ready ? "ready" : service.Url is null ? "" : "not ready")}");
        Console.WriteLine($"  {"postgres",-16}{servers?.Postgres ?? "not running"}");
        Console.WriteLine($"  {"rabbitmq",-16}{broker ?? "not running"}");
        Console.WriteLine($"  {"management",-16}{servers?.RabbitMqManagement ?? "not running"}");
        if (servers is not null && record is not null)
            Console.WriteLine($"  {"parked messages",-16}{await VirtualHost.CountParkedAsync(servers.RabbitMqManagement, record.VirtualHost, cancellationToken)}");
    }

    private static async Task<Service> LookAtAsync(ServiceKind kind, InstallationRecord? record, CancellationToken cancellationToken) =>
        record?.Services.SingleOrDefault(service => service.Name == kind.Name) is { Address: { } address, Process.IsRunning: true }
            ? new Service(kind.Name, address.GetLeftPart(UriPartial.Authority), await ServiceProcess.IsReadyAsync(address, cancellationToken))
            : new Service(kind.Name, null, false);

    private sealed record Service(string Name, string? Url, bool Ready);
}
