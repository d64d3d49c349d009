using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>All providers, in memory, as they were at the last reload: state machines rank them without I/O.</summary>
public sealed class ProviderDirectory
{
    private volatile IReadOnlyList<ListedProvider>? _listed;

    /// <summary>Whether it has been loaded once.</summary>
    public bool IsLoaded => _listed is not null;

    /// <summary>Everybody. Throws <see cref="TimeoutException"/>, which is tried again, until it has been loaded: an empty directory would leave needs unfilled.</summary>
    public IReadOnlyList<ListedProvider> Listed => _listed ?? throw new TimeoutException("The provider directory has not been loaded yet.");

    /// <summary>Replaces everybody.</summary>
    public void Load(IReadOnlyList<ListedProvider> listed) => _listed = listed;
}

/// <summary>Ready only when there is a directory to rank.</summary>
internal sealed class DirectoryHealth(ProviderDirectory directory) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(directory.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The provider directory has not been loaded."));
}
