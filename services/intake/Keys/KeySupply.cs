using System.Threading.Channels;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>
/// Keys made ahead: a report is sealed with one from memory whose wrapped form is in the key store already, so that accepting it costs no round trip, no
/// commit and no call to a key server. A batch is one wrap and one insert. Those of a process that ends are never used by another.
/// </summary>
public sealed partial class KeySupply : BackgroundService
{
    /// <summary>How long a request waits for keys before it is refused: a report is never accepted unsealed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    private readonly Channel<DataKey> _ready = Channel.CreateUnbounded<DataKey>();
    private readonly Wakeup _low = new();
    private readonly KeyStore _store;
    private readonly IKeyEncryption _encryption;
    private readonly TimeProvider _time;
    private readonly ILogger<KeySupply> _log;
    private readonly int _batch;

    public KeySupply(KeyStore store, IKeyEncryption encryption, TimeProvider time, IConfiguration configuration, ILogger<KeySupply> log)
    {
        (_store, _encryption, _time, _log) = (store, encryption, time, log);
        Target = Math.Max(2, configuration.GetValue("Sealing:KeysAhead", 512));
        _batch = Target / 2;
    }

    /// <summary>How many keys it tries to have.</summary>
    public int Target { get; }

    /// <summary>How many keys it has.</summary>
    public int Count => _ready.Reader.Count;

    /// <summary>Takes keys, each for one record; the caller disposes of them all when it has sealed.</summary>
    /// <exception cref="KeysUnavailableException">The supply has run out and was not filled in time.</exception>
    public async ValueTask<TakenKeys> TakeAsync(int count, CancellationToken cancellation)
    {
        var taken = new TakenKeys();
        try
        {
            while (taken.Count < count && _ready.Reader.TryRead(out var key))
                taken.Add(key);
            RingWhenLow();
            if (taken.Count < count)
                await WaitAsync(taken, count, cancellation);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public override void Dispose()
    {
        while (_ready.Reader.TryRead(out var key))
            key.Dispose();
        _low.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (IsLow)
                    await MakeAsync(stoppingToken);
                await _low.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotFilled(_log, Count, e is KeysUnavailableException ? e.Message : e.GetType().Name);
                await Task.Delay(TryAgain, _time, stoppingToken);
            }
        }
    }

    private bool IsLow => Count <= Target - _batch;

    private void RingWhenLow()
    {
        if (IsLow)
            _low.Ring();
    }

    private async Task MakeAsync(CancellationToken cancellation)
    {
        var keys = Enumerable.Range(0, _batch).Select(_ => DataKey.Make(Guid.CreateVersion7(_time.GetUtcNow()))).ToList();
        try
        {
            await _store.AddAsync(await _encryption.WrapAsync(keys, cancellation), cancellation);
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
        keys.ForEach(key => _ready.Writer.TryWrite(key));
    }

    private async Task WaitAsync(TakenKeys taken, int count, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            while (taken.Count < count)
            {
                // What is taken here lowers the supply as well, and may be the last of it.
                RingWhenLow();
                taken.Add(await _ready.Reader.ReadAsync(limit.Token));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new KeysUnavailableException("The keys made ahead have run out, and the key store or the key server gives no new ones. See the health check 'keys'.");
        }
    }

    [LoggerMessage(LogLevel.Warning, "No keys can be made ahead, {Left} are left: {Reason}")]
    private static partial void LogNotFilled(ILogger logger, int left, string reason);
}

/// <summary>Keys for the records of one request.</summary>
public sealed class TakenKeys : IDisposable
{
    private readonly List<DataKey> _keys = [];
    private int _next;

    public int Count => _keys.Count;

    /// <summary>The next one, for one record.</summary>
    public DataKey Next() => _keys[_next++];

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    internal void Add(DataKey key) => _keys.Add(key);
}
