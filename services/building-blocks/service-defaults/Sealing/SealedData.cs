namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>Encrypted data with its own key, itself wrapped. Both are opaque and go into two columns.</summary>
/// <param name="Ciphertext">The data, <see cref="Envelope.Overhead"/> bytes longer than the plain text.</param>
/// <param name="WrappedKey">The data's key, readable only with the key-encryption key.</param>
public sealed record SealedData(byte[] Ciphertext, byte[] WrappedKey);

/// <summary>What is sealed, and where it belongs: it opens nowhere else.</summary>
/// <param name="Data">What is sealed.</param>
/// <param name="Column">The column.</param>
/// <param name="RecordId">The record.</param>
public readonly record struct SealedCell(SealedData Data, string Column, Guid RecordId);
