using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Directory;

/// <summary>Every county's pack, in memory: handlers read it without I/O. A change in any instance reaches all of them at once.</summary>
public sealed class CountyDirectory
{
    private ImmutableDictionary<string, ProtocolPack> _packs = ImmutableDictionary<string, ProtocolPack>.Empty;

    /// <summary>The county's own pack, or the state's default.</summary>
    public ProtocolPack PackOf(County county) => _packs.TryGetValue(county.Fips, out var pack) ? pack : ProtocolPack.DefaultFor(county);

    /// <summary>Replaces what is known.</summary>
    public void Load(IEnumerable<ProtocolPack> packs) => _packs = packs.ToImmutableDictionary(p => p.CountyFips);
}

/// <summary>
/// Loads the directory before the first message is handled, and again whenever a pack changes. With sample data switched on it first stores the
/// sample packs that are missing.
/// </summary>
public sealed partial class DirectoryLoader(IServiceScopeFactory scopes, NpgsqlDataSource database, CountyDirectory directory, IConfiguration configuration,
    ILogger<DirectoryLoader> logger) : BackgroundService
{
    /// <summary>A commit that changes a pack notifies this channel.</summary>
    public const string Channel = "safeharbor_directory";

    private static readonly TimeSpan Net = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetValue<bool>("SafeHarbor:SampleData"))
            await StoreSamplesAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                while (true)
                {
                    await LoadAsync(stoppingToken);
                    await connection.WaitAsync(Net, stoppingToken);
                }
            }
            catch (Exception e) when (e is NpgsqlException && !stoppingToken.IsCancellationRequested)
            {
                LogKeepsWhatItHas(logger, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task LoadAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        directory.Load(await scope.ServiceProvider.GetRequiredService<CountyRoutingDb>().Packs.Select(p => p.Pack).ToListAsync(cancellation));
    }

    private async Task StoreSamplesAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var unit = new Messaging.Handling.UnitOfWork();
        foreach (var pack in SamplePacks.All)
            unit.AddOnce(new StoredPack { CountyFips = pack.CountyFips, Version = pack.Version, Pack = pack });
        await scope.ServiceProvider.GetRequiredService<Messaging.Storage.Store>().CommitAsync(unit, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory cannot be read ({Error}); the packs already loaded stay in force.")]
    private static partial void LogKeepsWhatItHas(ILogger logger, string error);
}
