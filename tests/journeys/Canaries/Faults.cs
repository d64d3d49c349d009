using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>What goes wrong while reports come in: whoever is in the middle of one must not tell it in its distress.</summary>
internal sealed class Faults(CanaryWorld world)
{
    private const int Abort = 6;
    private static readonly TimeSpan AMoment = TimeSpan.FromSeconds(1);

    /// <summary>SIGKILL in the middle, and up again.</summary>
    public async Task KillIntakeAsync(CancellationToken cancellation)
    {
        await world.Installation.Intake.KillAsync();
        await world.Installation.Intake.StartAsync(cancellation);
    }

    /// <summary>SIGABRT, at which a program that may would leave a core file in its directory, which is searched.</summary>
    public async Task CrashIntakeAsync(CancellationToken cancellation)
    {
        world.Installation.Intake.Process!.Send(Abort);
        await world.Installation.Intake.StopAsync();
        await world.Installation.Intake.StartAsync(cancellation);
    }

    /// <summary>A database that takes no connection for a moment, and has thrown everybody out.</summary>
    public async Task TakeAwayAsync(string database, CancellationToken cancellation)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await ExecuteAsync(world.Servers.Postgres, $"alter database \"{name}\" allow_connections false", cancellation);
        await ExecuteAsync(world.Servers.Postgres, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'", cancellation);
        await Task.Delay(AMoment, cancellation);
        await ExecuteAsync(world.Servers.Postgres, $"alter database \"{name}\" allow_connections true", cancellation);
    }

    /// <summary>A table that is not there for a moment: a failure that nobody has thought of.</summary>
    public static async Task HideTableAsync(string database, string table, CancellationToken cancellation)
    {
        await ExecuteAsync(database, $"alter table {table} rename to {table}_hidden", cancellation);
        await Task.Delay(AMoment, cancellation);
        await ExecuteAsync(database, $"alter table {table}_hidden rename to {table}", cancellation);
    }

    /// <summary>The broker closes every connection of the services.</summary>
    public async Task CutBrokerConnectionsAsync(CancellationToken cancellation)
    {
        var management = new Uri(world.Servers.RabbitMqManagement);
        using var http = LocalHttp.Client(TimeSpan.FromSeconds(30));
        http.BaseAddress = new Uri(management.GetLeftPart(UriPartial.Scheme) + management.Authority);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        var administrator = Uri.UnescapeDataString(management.UserInfo.Split(':')[0]);
        var cut = 0;
        for (var i = 0; i < 100 && cut == 0; i++)
        {
            // The list of connections is some seconds behind.
            var connections = await http.GetFromJsonAsync<JsonElement>("/api/connections", cancellation);
            foreach (var name in connections.EnumerateArray().Where(c => c.GetProperty("user").GetString() != administrator).Select(c => c.GetProperty("name").GetString()!).ToList())
            {
                using var deleted = await http.DeleteAsync($"/api/connections/{Uri.EscapeDataString(name)}", cancellation);
                cut++;
            }
            if (cut == 0)
                await Task.Delay(100, cancellation);
        }
        cut.ShouldBePositive("the services were connected to the broker");
    }

    /// <summary>Messages that a stranger puts into a queue, with a mark where they are wrong. They stay parked as they came, and are shown without it.</summary>
    public async Task PoisonAsync(Mark stranger, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(world.Installation.Broker) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        foreach (var subscription in Subscriptions.All.Where(s => s.Messages.Count > 0))
            foreach (var body in Poisonous(stranger))
                await channel.BasicPublishAsync("", subscription.Queue, mandatory: true, new BasicProperties
                {
                    MessageId = Guid.NewGuid().ToString(),
                    Type = WireNameAttribute.Of(subscription.Messages[0]),
                    ContentType = "application/json",
                    DeliveryMode = DeliveryModes.Persistent,
                    Headers = new Dictionary<string, object?>(),
                }, Encoding.UTF8.GetBytes(body), cancellation);
    }

    private static IEnumerable<string> Poisonous(Mark stranger) =>
    [
        stranger.Plant("noJson"),
        $$"""{"encounterId":"{{stranger.Plant("noId")}}","{{stranger.Plant("member")}}":1}""",
        $$"""{"encounterId":"{{Guid.NewGuid()}}","at":"{{stranger.Plant("noInstant")}}","reports":"{{stranger.Plant("noList")}}","role":"{{stranger.Plant("noCode")}}"}""",
    ];

    private static async Task ExecuteAsync(string database, string sql, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
