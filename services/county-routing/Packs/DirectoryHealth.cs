using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Ready only when it is known how each county wants to be reached.</summary>
internal sealed class DirectoryHealth(CountyDirectory directory) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(directory.IsLoaded ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The county directory has not been loaded."));
}

internal static class DirectoryRequirement
{
    /// <summary>Answers 503 until the directory has been loaded.</summary>
    public static RouteHandlerBuilder RequirePacks(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (call, next) =>
        call.HttpContext.RequestServices.GetRequiredService<CountyDirectory>().IsLoaded
            ? await next(call)
            : Problem.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The counties' packs have not been read yet. Send the same request again in a few seconds."));
}
