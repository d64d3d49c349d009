using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>
/// The key by which duplicates are found. It is made once, is a row of the key store like the others, and stays when the key-encryption key is replaced.
/// A service whose key store is away starts all the same; what needs the key is refused until it is there.
/// </summary>
public sealed partial class FingerprintKey(KeyStore store, IKeyEncryption encryption, TimeProvider time, ILogger<FingerprintKey> log) : BackgroundService
{
    private const string Purpose = "fingerprint";
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<DataKey> _key = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsThere => _key.Task.IsCompletedSuccessfully;

    /// <summary>See <see cref="BlindIndex.Fingerprint"/>.</summary>
    /// <exception cref="KeysUnavailableException">The key is not there yet.</exception>
    public byte[] Of(string purpose, ReadOnlySpan<byte> value) => IsThere
        ? BlindIndex.Fingerprint(_key.Task.Result, purpose, value)
        : throw new KeysUnavailableException("The key of the fingerprints has not been read since the start. See the health check 'keys'.");

    /// <summary>Gives the key a moment, so that in an ordinary start nothing is refused.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await Task.WhenAny(_key.Task, Task.Delay(TimeSpan.FromSeconds(2), time, cancellationToken));
    }

    public override void Dispose()
    {
        if (IsThere)
            _key.Task.Result.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!IsThere)
        {
            try
            {
                _key.SetResult((await encryption.UnwrapAsync([await FindOrMakeAsync(stoppingToken)], stoppingToken))[0]);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotRead(log, e is KeysUnavailableException or SealBrokenException ? e.Message : e.GetType().Name);
                await Task.Delay(TryAgain, time, stoppingToken);
            }
        }
    }

    private async Task<WrappedKey> FindOrMakeAsync(CancellationToken cancellation)
    {
        if (await store.FindAsync(Purpose, cancellation) is { } known)
            return known;
        using var fresh = DataKey.Make(Guid.CreateVersion7(time.GetUtcNow()));
        return await store.KeepAsync(Purpose, (await encryption.WrapAsync([fresh], cancellation))[0], cancellation);
    }

    [LoggerMessage(LogLevel.Warning, "The key of the fingerprints cannot be read; reports are refused until then: {Reason}")]
    private static partial void LogNotRead(ILogger logger, string reason);
}
