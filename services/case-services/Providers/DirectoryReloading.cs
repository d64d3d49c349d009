using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>
/// Keeps the directory in memory equal to the table: a trigger notifies every instance of a change when it commits, and a slow reload is the
/// net under that.
/// </summary>
internal sealed partial class DirectoryReloading(IServiceScopeFactory scopes, NpgsqlDataSource database, ProviderDirectory directory,
    SampleProviders samples, ILogger<DirectoryReloading> log) : BackgroundService
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await samples.LoadAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or TimeoutException or IOException or InvalidOperationException)
            {
                Interrupted(failure.GetType().Name);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var listen = new NpgsqlCommand("listen safeharbor_providers", connection))
            await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            await ReloadAsync(cancellation);
            await connection.WaitAsync(AtLeastEvery, cancellation);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<CaseServicesDb>().Providers.ToListAsync(cancellation);
        directory.Load([.. rows.Select(r => new ListedProvider(r.Document, r.Available))]);
    }

    [LoggerMessage(LogLevel.Warning, "The provider directory cannot be reloaded for the moment: {Failure}. The last one stays in use.")]
    private partial void Interrupted(string failure);
}
