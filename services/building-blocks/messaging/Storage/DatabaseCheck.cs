using Microsoft.Extensions.Hosting;
using Npgsql;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// Asks a database once, before anything else of the service starts, whether the service may run with it. One that is away does not keep the service from
/// starting; it is asked as soon as it is there.
/// </summary>
/// <param name="database">Of the service's role.</param>
public abstract class DatabaseCheck(NpgsqlDataSource database) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _done;

    /// <summary>What is asked: one value.</summary>
    protected abstract string Question { get; }

    /// <summary>Throws <see cref="ServiceDefaults.Hosting.StartRefusedException"/> when the service may not run with this answer.</summary>
    protected abstract void Judge(object? answer);

    /// <summary>The database cannot be asked now.</summary>
    protected abstract void LogAway();

    /// <summary>Asks before anything else of the service starts.</summary>
    /// <exception cref="ServiceDefaults.Hosting.StartRefusedException">The service may not run with it.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _done = await TryAsync(cancellationToken);
        if (!_done)
            LogAway();
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asks once more until there is an answer; one that the service may not run with ends it.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!_done)
        {
            await Task.Delay(Pause, stoppingToken);
            _done = await TryAsync(stoppingToken);
        }
    }

    /// <returns>False when the database could not be asked.</returns>
    private async Task<bool> TryAsync(CancellationToken cancellation)
    {
        object? answer;
        try
        {
            await using var command = database.CreateCommand(Question);
            answer = await command.ExecuteScalarAsync(cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
        Judge(answer);
        return true;
    }
}
