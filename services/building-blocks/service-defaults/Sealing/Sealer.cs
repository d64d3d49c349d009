using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Seals what keeps its wrapped key beside it, such as an endpoint's secret: what need not be destroyed for ever and in every backup. A wrapped key is
/// the length and name of the version that wrapped it, the key's id (16 bytes) and its wrapped form.
/// </summary>
public sealed class Sealer(IKeyEncryption encryption, TimeProvider time)
{
    /// <summary>Encrypts <paramref name="plain"/> with a key of its own, so that it opens only for the same column and record. The caller clears it.</summary>
    /// <exception cref="KeysUnavailableException">The key cannot be wrapped for the moment.</exception>
    public async ValueTask<SealedData> SealAsync(byte[] plain, string column, Guid recordId, CancellationToken cancellation)
    {
        using var key = DataKey.Make(Guid.CreateVersion7(time.GetUtcNow()));
        var wrapped = await encryption.WrapAsync([key], cancellation);
        return new(Envelope.Seal(plain, column, recordId, key), Write(wrapped[0]));
    }

    /// <summary>Decrypts what <see cref="SealAsync"/> made; the caller clears it.</summary>
    /// <exception cref="SealBrokenException">It was changed, or belongs to another column or record.</exception>
    /// <exception cref="KeysUnavailableException">The key cannot be unwrapped for the moment.</exception>
    public async ValueTask<byte[]> OpenAsync(SealedData data, string column, Guid recordId, CancellationToken cancellation) =>
        (await OpenAsync([new(data, column, recordId)], cancellation))[0];

    /// <summary>The same of several, in their order and with one question to the key server; the caller clears them.</summary>
    /// <exception cref="SealBrokenException">One was changed, or belongs to another column or record: none is opened.</exception>
    /// <exception cref="KeysUnavailableException">The keys cannot be unwrapped for the moment.</exception>
    public async ValueTask<IReadOnlyList<byte[]>> OpenAsync(IReadOnlyList<SealedCell> cells, CancellationToken cancellation)
    {
        var keys = await encryption.UnwrapAsync([.. cells.Select(cell => Read(cell.Data.WrappedKey))], cancellation);
        List<byte[]> opened = [];
        try
        {
            foreach (var (cell, key) in cells.Zip(keys))
                opened.Add(Envelope.Open(cell.Data.Ciphertext, cell.Column, cell.RecordId, key));
            return opened;
        }
        catch
        {
            opened.ForEach(plain => CryptographicOperations.ZeroMemory(plain));
            throw;
        }
        finally
        {
            foreach (var key in keys)
                key.Dispose();
        }
    }

    /// <summary>The version of the key-encryption key that wraps now.</summary>
    /// <exception cref="KeysUnavailableException">It cannot be asked for the moment.</exception>
    public ValueTask<string> CurrentAsync(CancellationToken cancellation) => encryption.CurrentAsync(cancellation);

    /// <summary>The wrapped key under the current version; null when it is under <paramref name="current"/> already.</summary>
    /// <exception cref="SealBrokenException">It was changed.</exception>
    /// <exception cref="KeysUnavailableException">It cannot be done for the moment.</exception>
    public async ValueTask<byte[]?> RewrapAsync(byte[] wrappedKey, string current, CancellationToken cancellation)
    {
        var old = Read(wrappedKey);
        if (old.By == current)
            return null;
        var keys = await encryption.UnwrapAsync([old], cancellation);
        using var key = keys[0];
        return Write((await encryption.WrapAsync([key], cancellation))[0]);
    }

    private static byte[] Write(WrappedKey key)
    {
        var by = Encoding.UTF8.GetBytes(key.By);
        return [checked((byte)by.Length), .. by, .. key.Id.ToByteArray(bigEndian: true), .. key.Wrapped];
    }

    private static WrappedKey Read(byte[] wrapped)
    {
        if (wrapped.Length == 0 || wrapped.Length < 1 + wrapped[0] + 16)
            throw new SealBrokenException("A wrapped key is cut off.");
        var rest = wrapped.AsSpan(1 + wrapped[0]);
        return new(new Guid(rest[..16], bigEndian: true), rest[16..].ToArray(), Encoding.UTF8.GetString(wrapped.AsSpan(1, wrapped[0])));
    }
}
