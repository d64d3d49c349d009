using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// One AES-256-GCM envelope: version (1 byte), id of the key (0 or 8), nonce (12), tag (16), ciphertext. Authenticated with it are the header,
/// the record's id and the purpose.
/// </summary>
internal static class Envelope
{
    public const int KeyIdSize = 8;

    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public static byte[] Close(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> key, ReadOnlySpan<byte> keyId, string purpose, Guid record)
    {
        var header = 1 + keyId.Length;
        var envelope = new byte[header + NonceSize + TagSize + plain.Length];
        envelope[0] = Version;
        keyId.CopyTo(envelope.AsSpan(1));
        var nonce = envelope.AsSpan(header, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(
            nonce,
            plain,
            envelope.AsSpan(header + NonceSize + TagSize),
            envelope.AsSpan(header + NonceSize, TagSize),
            Associated(envelope.AsSpan(0, header), purpose, record));
        return envelope;
    }

    public static byte[] Open(ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> key, ReadOnlySpan<byte> keyId, string purpose, Guid record)
    {
        var header = 1 + keyId.Length;
        if (envelope.Length < header + NonceSize + TagSize || envelope[0] != Version)
            throw new SealBrokenException("Sealed data is cut off or has an unknown format.");
        if (!envelope[1..header].SequenceEqual(keyId))
            throw new SealBrokenException("The data was sealed with another operator's key than Sealing:KeyFile now holds.");

        var plain = new byte[envelope.Length - header - NonceSize - TagSize];
        try
        {
            using var aes = new AesGcm(key, TagSize);
            aes.Decrypt(
                envelope.Slice(header, NonceSize),
                envelope[(header + NonceSize + TagSize)..],
                envelope.Slice(header + NonceSize, TagSize),
                plain,
                Associated(envelope[..header], purpose, record));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new SealBrokenException("Sealed data was changed, or belongs to another record or purpose.");
        }
    }

    private static byte[] Associated(ReadOnlySpan<byte> header, string purpose, Guid record)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        var name = Encoding.UTF8.GetBytes(purpose);
        var associated = new byte[sizeof(int) + header.Length + 16 + name.Length];
        BinaryPrimitives.WriteInt32BigEndian(associated, header.Length);
        header.CopyTo(associated.AsSpan(sizeof(int)));
        record.TryWriteBytes(associated.AsSpan(sizeof(int) + header.Length), bigEndian: true, out _);
        name.CopyTo(associated.AsSpan(sizeof(int) + header.Length + 16));
        return associated;
    }
}
