using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Seals personal details at rest: AES-256-GCM with a random key for each call, that key wrapped with the operator's. Both are bound to a
/// purpose and a record, so that a row copied over another one does not open. Safe for concurrent use.
/// </summary>
public sealed class Sealer : IDisposable
{
    private const int KeySize = 32;
    private const string WrapPurpose = "wrapped-key";

    private readonly byte[] _wrappingKey;
    private readonly byte[] _fingerprintKey;
    private readonly byte[] _keyId;

    /// <summary>A sealer with the operator's key, of which it keeps only keys derived from it.</summary>
    /// <param name="operatorKey">32 random bytes.</param>
    public Sealer(ReadOnlySpan<byte> operatorKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(operatorKey.Length, KeySize, nameof(operatorKey));
        _wrappingKey = Derive(operatorKey, "safeharbor wrapping v1", KeySize);
        _fingerprintKey = Derive(operatorKey, "safeharbor fingerprint v1", KeySize);
        _keyId = Derive(operatorKey, "safeharbor key id v1", Envelope.KeyIdSize);
    }

    /// <summary>Encrypts <paramref name="plain"/>, so that it opens only for the same purpose and record.</summary>
    /// <param name="plain">What to seal; the caller clears it.</param>
    /// <param name="purpose">What it is, as a constant of the program: <c>report-details</c>.</param>
    /// <param name="recordId">The record that it belongs to.</param>
    public SealedData Seal(ReadOnlySpan<byte> plain, string purpose, Guid recordId)
    {
        Span<byte> key = stackalloc byte[KeySize];
        try
        {
            RandomNumberGenerator.Fill(key);
            return new SealedData(
                Envelope.Close(plain, key, keyId: [], purpose, recordId),
                Envelope.Close(key, _wrappingKey, _keyId, WrapPurpose + "/" + purpose, recordId));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Decrypts what <see cref="Seal"/> made. The caller clears the result with <see cref="CryptographicOperations.ZeroMemory"/>.</summary>
    /// <exception cref="SealBrokenException">It was changed, or belongs to another purpose, record or operator's key.</exception>
    public byte[] Open(SealedData data, string purpose, Guid recordId)
    {
        var key = Envelope.Open(data.WrappedKey, _wrappingKey, _keyId, WrapPurpose + "/" + purpose, recordId);
        try
        {
            return Envelope.Open(data.Ciphertext, key, keyId: [], purpose, recordId);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>
    /// 32 bytes that are equal for equal values of the same purpose and tell nothing else to whoever lacks the operator's key: for finding
    /// duplicates without reading them. They change with the operator's key.
    /// </summary>
    public byte[] Fingerprint(string purpose, ReadOnlySpan<byte> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        Span<byte> key = stackalloc byte[KeySize];
        try
        {
            HKDF.Expand(HashAlgorithmName.SHA256, _fingerprintKey, key, Encoding.UTF8.GetBytes(purpose));
            return HMACSHA256.HashData(key, value);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Clears the keys.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_wrappingKey);
        CryptographicOperations.ZeroMemory(_fingerprintKey);
    }

    private static byte[] Derive(ReadOnlySpan<byte> key, string info, int size)
    {
        var derived = new byte[size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt: [], Encoding.UTF8.GetBytes(info));
        return derived;
    }
}
