using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>
/// Brings every key under the version of the key-encryption key that wraps now, in batches, while everything runs. What it cannot unwrap it leaves, says
/// so, and tries again the next time.
/// </summary>
public sealed partial class Rewrapping(KeyStore store, IKeyEncryption encryption, TimeProvider time, ILogger<Rewrapping> log) : BackgroundService
{
    private const int Batch = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(log, e is KeysUnavailableException ? e.Message : e.GetType().Name);
            }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var current = await encryption.CurrentAsync(cancellation);
        foreach (var version in (await store.VersionsAsync(cancellation)).Where(version => version != current))
        {
            try
            {
                if (await RewrapAsync(version, cancellation) is var done and > 0)
                    LogDone(log, done, version, current);
            }
            catch (KeysUnavailableException missing)
            {
                // This version may be gone while the next one is there.
                LogFailed(log, missing.Message);
            }
        }
    }

    private async Task<int> RewrapAsync(string version, CancellationToken cancellation)
    {
        var done = 0;
        Guid? last = Guid.Empty;
        while (last is { } after)
        {
            last = await store.RewrapAsync(version, after, Batch, async keys =>
            {
                var anew = await RewrapAsync(keys, cancellation);
                done += anew.Count;
                return anew;
            }, cancellation);
        }
        return done;
    }

    private async Task<IReadOnlyList<WrappedKey>> RewrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken cancellation)
    {
        try
        {
            var opened = await encryption.UnwrapAsync(keys, cancellation);
            try
            {
                return await encryption.WrapAsync(opened, cancellation);
            }
            finally
            {
                foreach (var key in opened)
                    key.Dispose();
            }
        }
        catch (SealBrokenException e) when (keys.Count == 1)
        {
            LogBroken(log, keys[0].Id, e.Message);
            return [];
        }
        catch (SealBrokenException)
        {
            // One of them; the others go on.
            List<WrappedKey> anew = [];
            foreach (var key in keys)
                anew.AddRange(await RewrapAsync([key], cancellation));
            return anew;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} keys that {Old} wrapped are now wrapped by {Current}")]
    private static partial void LogDone(ILogger logger, int count, string old, string current);

    [LoggerMessage(LogLevel.Error, "The key {KeyId} cannot be wrapped anew: {Reason}")]
    private static partial void LogBroken(ILogger logger, Guid keyId, string reason);

    [LoggerMessage(LogLevel.Warning, "Keys are not wrapped anew for the moment: {Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}
