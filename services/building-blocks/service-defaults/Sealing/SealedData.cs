namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>Encrypted data with its own key, itself wrapped. Both are opaque and go into two columns.</summary>
/// <param name="Ciphertext">The data, <see cref="Envelope.Overhead"/> bytes longer than the plain text.</param>
/// <param name="WrappedKey">The data's key, readable only with the key-encryption key.</param>
public sealed record SealedData(byte[] Ciphertext, byte[] WrappedKey);
