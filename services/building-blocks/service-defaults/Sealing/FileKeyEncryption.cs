using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Operator's keys that this process holds itself, from a file or a setting. The file is looked at again every two seconds when it is used: a new first
/// line wraps from then on. What it cannot read it says once and goes on with the keys that it has.
/// </summary>
internal sealed partial class FileKeyEncryption : IKeyEncryption, IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    private readonly string _source;
    private readonly string? _file;
    private readonly bool _isDevelopment;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    // Also over the use of keys, so that none is cleared meanwhile.
    private readonly Lock _gate = new();
    private IReadOnlyList<OperatorKey> _keys = [];
    private byte[] _hash = [];
    private long _looked;

    /// <exception cref="StartRefusedException">There is no key to begin with.</exception>
    public FileKeyEncryption(string source, string? file, byte[]? text, bool isDevelopment, TimeProvider time, ILogger<FileKeyEncryption> log)
    {
        (_source, _file, _isDevelopment, _time, _log) = (source, file, isDevelopment, time, log);
        if (Load(text) is { } trouble)
            throw new StartRefusedException(trouble);
        _looked = time.GetTimestamp();
    }

    public ValueTask<string> CurrentAsync(CancellationToken cancellation) => ValueTask.FromResult(Use(keys => keys[0].Id));

    public ValueTask<IReadOnlyList<WrappedKey>> WrapAsync(IReadOnlyList<DataKey> keys, CancellationToken cancellation) =>
        ValueTask.FromResult(Use<IReadOnlyList<WrappedKey>>(held => [.. keys.Select(held[0].Wrap)]));

    public ValueTask<IReadOnlyList<DataKey>> UnwrapAsync(IReadOnlyList<WrappedKey> keys, CancellationToken cancellation) =>
        ValueTask.FromResult(Use(held => DataKey.ForEach(keys, key => (held.FirstOrDefault(h => h.Id == key.By) ?? throw Missing(key)).Unwrap(key))));

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var key in _keys)
                key.Dispose();
        }
    }

    private T Use<T>(Func<IReadOnlyList<OperatorKey>, T> use)
    {
        lock (_gate)
        {
            if (_file is not null && _time.GetElapsedTime(_looked) > LookAgain)
            {
                _looked = _time.GetTimestamp();
                if (Load(null) is { } trouble)
                    LogNotRead(_log, trouble);
            }
            return use(_keys);
        }
    }

    /// <summary>Takes the keys of the file, or of <paramref name="text"/>, which it clears; what is wrong otherwise.</summary>
    private string? Load(byte[]? text)
    {
        try
        {
            text ??= File.ReadAllBytes(_file!);
            var hash = SHA256.HashData(text);
            if (CryptographicOperations.FixedTimeEquals(hash, _hash))
                return null;
            _hash = hash;
            var (keys, trouble) = OperatorKeys.Read(text, _isDevelopment);
            if (trouble is not null)
                return $"{_source} {trouble}.";
            foreach (var key in _keys)
                key.Dispose();
            _keys = keys;
            LogRead(_log, _source, keys.Count, keys[0].Id);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{_source} cannot be read ({e.GetType().Name}). Check the path and who may read it.";
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    private KeysUnavailableException Missing(WrappedKey key) =>
        new($"A key was wrapped by {key.By}, which {_source} does not hold any more. Put that line back behind the first one, and wait until 'keys status' counts none under it.");

    [LoggerMessage(LogLevel.Information, "{Source} holds {Count} key(s); {Id} wraps")]
    private static partial void LogRead(ILogger logger, string source, int count, string id);

    [LoggerMessage(LogLevel.Warning, "The operator's keys go on as they were: {Trouble}")]
    private static partial void LogNotRead(ILogger logger, string trouble);
}
