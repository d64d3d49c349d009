using System.Security.Cryptography;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// A key of 32 random bytes, in the clear: it seals one record and no other. Its bytes can be neither printed nor serialized, are never moved in
/// memory (so that no copy is left where they were) and are cleared when it is disposed of.
/// </summary>
public sealed class DataKey : IDisposable
{
    internal const int Size = 32;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private int _sealed;

    private DataKey(Guid id) => Id = id;

    /// <summary>Names the key in the key store and in what it seals.</summary>
    public Guid Id { get; }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A new random key.</summary>
    public static DataKey Make(Guid id)
    {
        var key = new DataKey(id);
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

    /// <summary>A key that was unwrapped; the caller clears what it gave.</summary>
    internal static DataKey Of(Guid id, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new SealBrokenException($"What was wrapped under the id {id} is no key.");
        var key = new DataKey(id);
        bytes.CopyTo(key._bytes);
        return key;
    }

    /// <summary>A key for each item, or for none: when one fails, those before it are cleared.</summary>
    internal static IReadOnlyList<DataKey> ForEach<T>(IEnumerable<T> items, Func<T, DataKey> make)
    {
        List<DataKey> keys = [];
        try
        {
            foreach (var item in items)
                keys.Add(make(item));
            return keys;
        }
        catch
        {
            keys.ForEach(key => key.Dispose());
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">It has sealed something before.</exception>
    internal ReadOnlySpan<byte> UseOnce() => Interlocked.Exchange(ref _sealed, 1) == 0
        ? _bytes
        : throw new InvalidOperationException("A key seals one record; take another one.");
}
