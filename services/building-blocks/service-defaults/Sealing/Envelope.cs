using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Sealed data: version (1 byte), nonce (12), tag (16), ciphertext, by AES-256-GCM. Authenticated with it are the version, the column, the record and
/// the key's id, so that a value copied into another row or column does not open.
/// </summary>
public static class Envelope
{
    /// <summary>How much longer sealed data is than the plain text.</summary>
    public const int Overhead = 1 + NonceSize + TagSize;

    private const byte Version = 2;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Encrypts; the caller clears the plain text.</summary>
    /// <param name="plain">What to seal.</param>
    /// <param name="column">Where it will be stored, as a constant of the program: <c>reports.details</c>.</param>
    /// <param name="recordId">The record that it belongs to.</param>
    /// <param name="key">A key that has sealed nothing yet.</param>
    public static byte[] Seal(ReadOnlySpan<byte> plain, string column, Guid recordId, DataKey key) => Close(plain, key.UseOnce(), column, recordId, key.Id);

    /// <summary>Decrypts what <see cref="Seal"/> made. The caller clears the result with <see cref="CryptographicOperations.ZeroMemory"/>.</summary>
    /// <exception cref="SealBrokenException">It was changed, or belongs to another column, record or key.</exception>
    public static byte[] Open(ReadOnlySpan<byte> data, string column, Guid recordId, DataKey key) => Open(data, key.Bytes, column, recordId, key.Id);

    internal static byte[] Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> key, string column, Guid recordId, Guid keyId)
    {
        var envelope = new byte[Overhead + plain.Length];
        envelope[0] = Version;
        var nonce = envelope.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, envelope.AsSpan(Overhead), envelope.AsSpan(1 + NonceSize, TagSize), Associated(column, recordId, keyId));
        return envelope;
    }

    internal static byte[] Open(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> key, string column, Guid recordId, Guid keyId)
    {
        if (envelope.Length < Overhead || envelope[0] != Version)
            throw new SealBrokenException("Sealed data is cut off or has an unknown format.");
        var plain = new byte[envelope.Length - Overhead];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(envelope.Slice(1, NonceSize), envelope[Overhead..], envelope.Slice(1 + NonceSize, TagSize), plain, Associated(column, recordId, keyId));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealBrokenException("Sealed data was changed, or belongs to another record, column or key.");
        }
    }

    private static byte[] Associated(string column, Guid recordId, Guid keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        var name = Encoding.UTF8.GetByteCount(column);
        var associated = new byte[1 + sizeof(int) + name + 16 + 16];
        associated[0] = Version;
        BinaryPrimitives.WriteInt32BigEndian(associated.AsSpan(1), name);
        Encoding.UTF8.GetBytes(column, associated.AsSpan(1 + sizeof(int)));
        recordId.TryWriteBytes(associated.AsSpan(1 + sizeof(int) + name), bigEndian: true, out _);
        keyId.TryWriteBytes(associated.AsSpan(1 + sizeof(int) + name + 16), bigEndian: true, out _);
        return associated;
    }
}
