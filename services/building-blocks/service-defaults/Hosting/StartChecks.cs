using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>Something that must be right before a service listens or consumes anything.</summary>
public interface IStartCheck
{
    /// <summary>Throws <see cref="StartRefusedException"/> when it is not.</summary>
    void Check();
}

/// <summary>Runs the checks before any hosted service starts.</summary>
internal sealed class StartChecks(IEnumerable<IStartCheck> checks) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var check in checks)
            check.Check();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>How a building block adds its checks.</summary>
public static class StartCheckExtensions
{
    /// <summary>Adds a check that the service's container makes; twice the same is one.</summary>
    public static void AddStartCheck<TCheck>(this IServiceCollection services)
        where TCheck : class, IStartCheck
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartChecks>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartCheck, TCheck>());
    }
}
