using System.Security.Cryptography;

namespace SafeHarbor.Ledger.Chain;

/// <summary>An ECDSA P-256 key that signs checkpoints, or, when it is a public one, checks them.</summary>
public sealed class CheckpointKey : IDisposable
{
    private const DSASignatureFormat Form = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    private readonly ECDsa _key;

    private CheckpointKey(ECDsa key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));
    }

    /// <summary>The first 16 hexadecimal digits of SHA-256 over the public key (SubjectPublicKeyInfo).</summary>
    public string Id { get; }

    /// <summary>Reads a PEM of a private or a public key; throws <see cref="ArgumentException"/> or <see cref="CryptographicException"/> when it holds no P-256 key.</summary>
    public static CheckpointKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize != 256)
                throw new CryptographicException("The key is not on the curve P-256.");
            return new(key);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    internal SignedCheckpoint Sign(string ledger, long position, byte[] hash, DateTimeOffset at)
    {
        var checkpoint = new SignedCheckpoint(ledger, position, Convert.ToHexStringLower(hash), at, Id, "");
        return checkpoint with { Signature = Convert.ToBase64String(Sign(checkpoint.SignedText)) };
    }

    internal byte[] Sign(byte[] text) => _key.SignData(text, HashAlgorithmName.SHA256, Form);

    internal bool HasSigned(SignedCheckpoint checkpoint) => checkpoint.KeyId == Id && HasSigned(checkpoint.SignedText, checkpoint.Signature);

    internal bool HasSigned(byte[] text, string signature)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(signature, bytes, out var written) && written == bytes.Length && _key.VerifyData(text, bytes, HashAlgorithmName.SHA256, Form);
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
