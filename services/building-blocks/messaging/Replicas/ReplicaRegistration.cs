using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SafeHarbor.Messaging.Replicas;

/// <summary>Adds replicas of reference data to a service.</summary>
public static class ReplicaRegistration
{
    /// <summary>Adds one, what keeps it equal to its table, and the health check <paramref name="name"/>: the service is ready once the table has been read.</summary>
    public static void AddReplica<TReplica>(this IServiceCollection services, string name) where TReplica : Replica
    {
        services.AddSingleton<TReplica>();
        // Not AddHostedService, which keeps one of a type.
        services.AddSingleton<IHostedService>(provider => new ReplicaFollower(provider.GetRequiredService<TReplica>(), provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<ILogger<ReplicaFollower>>()));
        services.AddHealthChecks().Add(new(name, provider => new ReplicaHealth(provider.GetRequiredService<TReplica>()), null, ["ready"]));
    }

    private sealed class ReplicaHealth(Replica replica) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(replica.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The table {replica.Table} has not been read yet."));
    }
}
