using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Whether what commits also leaves. Unhealthy without a database; degraded (still ready: requests are accepted and wait in the outbox) while
/// the broker is away or the oldest unsent message is older than 30 s, which MassTransit's own check does not notice.
/// </summary>
internal sealed class OutboxHealth(Store store, RelayState relay) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = store.Database.CreateCommand("select coalesce((select extract(epoch from now() - created_at) from outbox order by sequence limit 1), 0)::float8");
            var age = (double)(await command.ExecuteScalarAsync(cancellationToken))!;
            var data = new Dictionary<string, object> { ["oldestUnsentSeconds"] = Math.Round(age, 1), ["brokerConnected"] = relay.IsConnected };
            return age > 30 || !relay.IsConnected
                ? HealthCheckResult.Degraded("Messages wait in the outbox for the broker.", data: data)
                : HealthCheckResult.Healthy(data: data);
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer, or has not been migrated.");
        }
    }
}
