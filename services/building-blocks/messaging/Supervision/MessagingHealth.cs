using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Relaying;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Supervision;

/// <summary>
/// Whether what commits also leaves and what arrives is handled; MassTransit's own check stays healthy in half of the faults. Only a database that does
/// not answer makes the service unready: everything else is <c>Degraded</c>, because requests are still accepted and wait in the outbox.
/// </summary>
internal static class MessagingHealth
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);
    private static readonly string[] Ready = ["ready"];

    public static void AddMessagingHealth(this IServiceCollection services) => services.AddHealthChecks()
        .Add(new("outbox", p => new DatabaseCheck(p.GetRequiredService<UnitStore>()), HealthStatus.Unhealthy, Ready))
        .Add(Check("broker", (relay, watch) => relay.Link is null ? "The broker cannot be reached." : watch.Blocked ?? relay.Link?.Blocked))
        .Add(Check("queues", (_, watch) => watch.Queues.FirstOrDefault(q => q.Value.Consumers == 0).Key is { } queue ? $"{queue} has no consumer." : null))
        .Add(Check("parked", (_, watch) => watch.Parked > 0 ? $"{watch.Parked} messages are parked: see 'parked list'." : null));

    /// <summary>Of a node: whether it has, or has given back, all that it is to.</summary>
    public static void AddKeepingHealth(this IHealthChecksBuilder checks) => checks.Add(
        new("keeping", p => new KeepingCheck(p.GetRequiredService<KeepingNews>()), HealthStatus.Degraded, Ready));

    private sealed class KeepingCheck(KeepingNews news) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(news.UnderWay is { } what ? HealthCheckResult.Degraded(what) : HealthCheckResult.Healthy());
    }

    private static HealthCheckRegistration Check(string name, Func<RelayState, WatchState, string?> trouble) =>
        new(name, p => new StateCheck(p.GetRequiredService<RelayState>(), p.GetRequiredService<WatchState>(), trouble), HealthStatus.Degraded, Ready);

    private sealed class StateCheck(RelayState relay, WatchState watch, Func<RelayState, WatchState, string?> trouble) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(trouble(relay, watch) is { } what ? HealthCheckResult.Degraded(what) : HealthCheckResult.Healthy());
    }

    private sealed class DatabaseCheck(UnitStore store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var age = await OutboxReader.OldestAsync(store, cancellationToken);
                return age > Late ? HealthCheckResult.Degraded($"The oldest message has waited in the outbox for {age.TotalSeconds:0} s.") : HealthCheckResult.Healthy();
            }
            catch (NpgsqlException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer, or has not been migrated.");
            }
        }
    }
}
