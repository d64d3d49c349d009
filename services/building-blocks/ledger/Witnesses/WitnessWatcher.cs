using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace SafeHarbor.Ledger.Witnesses;

/// <summary>Keeps a <see cref="WitnessWatch"/> as the database has it.</summary>
internal sealed partial class WitnessWatcher(WitnessWatch watch, NpgsqlDataSource database, ILogger<WitnessWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                await LookAsync(stoppingToken);
                await Task.Delay(Interval, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, e.GetType().Name);
                await Task.Delay(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    internal async Task LookAsync(CancellationToken cancellation)
    {
        await using var look = database.CreateBatch();
        look.BatchCommands.Add(new(HeardLedger.Select));
        look.BatchCommands.Add(new("select distinct ledger from ledger_contradictions where found_at > now() - interval '1 day' order by 1"));
        await using var reader = await look.ExecuteReaderAsync(cancellation);
        var heard = await HeardLedger.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var contradicted = new List<string>();
        while (await reader.ReadAsync(cancellation))
            contradicted.Add(reader.GetString(0));
        watch.See(heard, contradicted);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked who has witnessed the ledger ({Error}); what was seen last stays.")]
    private static partial void LogFailed(ILogger logger, string error);
}
