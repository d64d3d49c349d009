using System.Data.Common;
using System.Text.Json;
using Npgsql;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.CaseServices.Providers;

/// <summary>
/// Keeps the directory in memory equal to the table: a trigger notifies every instance of a change when it commits, and a slow reload is the
/// net under that. Plain SQL, because a process that only waits then never builds the model of EF Core, 25 MB of memory.
/// </summary>
internal sealed partial class DirectoryReloading(NpgsqlDataSource database, ProviderDirectory directory,
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
            catch (Exception failure) when (failure is DbException or TimeoutException or IOException or InvalidOperationException or JsonException)
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
            await ReloadAsync(connection, cancellation);
            await connection.WaitAsync(AtLeastEvery, cancellation);
        }
    }

    private async Task ReloadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var listed = new List<ListedProvider>();
        await using var select = new NpgsqlCommand("select document, available from providers", connection);
        await using var rows = await select.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
            listed.Add(new(Read<Provider>(rows, 0), Read<Dictionary<string, int>>(rows, 1)));
        directory.Load(listed);
    }

    private static T Read<T>(NpgsqlDataReader row, int column) => JsonSerializer.Deserialize<T>(row.GetString(column), WireFormat.Json)!;

    [LoggerMessage(LogLevel.Warning, "The provider directory cannot be reloaded for the moment: {Failure}. The last one stays in use.")]
    private partial void Interrupted(string failure);
}
