using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Witnesses.Outside;

/// <summary>Gives the newest checkpoint to each witness outside, until it has kept it. What is told again and again needs no memory of what was given.</summary>
internal sealed partial class OutsideWitnessing(OutsideSettings settings, LedgerNews news, WitnessWatch watch, TimeProvider time, ILogger<OutsideWitnessing> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(settings.Create().Select(witness => GiveAsync(witness, stoppingToken)));

    private async Task GiveAsync(IOutsideWitness witness, CancellationToken cancellation)
    {
        using var ending = witness as IDisposable;
        watch.Expect(witness.Name);
        SignedCheckpoint? given = null;
        while (!cancellation.IsCancellationRequested)
            try
            {
                var newest = news.Newest;
                if (newest is not null && newest != given)
                {
                    await witness.KeepAsync(newest, cancellation);
                    watch.Kept(witness.Name, newest.At);
                    given = newest;
                    await Task.Delay(witness.Every, time, cancellation);
                    continue;
                }
                await Task.Delay(Look, time, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(logger, witness.Name, e.GetType().Name);
                await Task.Delay(PauseAfterFailure, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger's witness '{Witness}' could not keep a checkpoint ({Error}); it is asked again.")]
    private static partial void LogFailed(ILogger logger, string witness, string error);
}
