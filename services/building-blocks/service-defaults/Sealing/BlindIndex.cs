using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Fingerprints of values that must be found again without being read. Their key is one of its own, which stays when the key-encryption key is replaced.
/// </summary>
public static class BlindIndex
{
    /// <summary>32 bytes that are equal for equal values of the same purpose under the same key, and tell nothing else to whoever lacks the key.</summary>
    public static byte[] Fingerprint(DataKey key, string purpose, ReadOnlySpan<byte> value)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        Span<byte> derived = stackalloc byte[DataKey.Size];
        try
        {
            HKDF.Expand(HashAlgorithmName.SHA256, key.Bytes, derived, Encoding.UTF8.GetBytes(purpose));
            return HMACSHA256.HashData(derived, value);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }
}
