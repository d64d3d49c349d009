namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// Encrypted data and its own key, itself encrypted. Both are opaque and go into two columns, so that destroying the second makes the first
/// unreadable for ever.
/// </summary>
/// <param name="Ciphertext">The data, 29 bytes longer than the plain text.</param>
/// <param name="WrappedKey">The data's key, 69 bytes, readable only with the operator's key.</param>
public sealed record SealedData(byte[] Ciphertext, byte[] WrappedKey);
