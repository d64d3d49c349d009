using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SafeHarbor.Intake.Keys;

/// <summary><c>Degraded</c> while reports are taken from a supply that is not filled, or cannot be taken at all.</summary>
internal sealed class KeysHealth(KeySupply supply, FingerprintKey fingerprints) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !fingerprints.IsThere ? HealthCheckResult.Degraded("The key of the fingerprints is not there: reports are refused.")
        : supply.Count < supply.Target / 4 ? HealthCheckResult.Degraded($"Only {supply.Count} of {supply.Target} keys are ready; when none is left reports are refused.")
        : HealthCheckResult.Healthy());
}
