using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SafeHarbor.Ledger.Storage;

namespace SafeHarbor.Ledger.Chain;

/// <summary>An ECDSA P-256 key that signs checkpoints, or, when it is a public one, checks them.</summary>
public sealed class CheckpointKey : IDisposable
{
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

    internal Checkpoint Sign(string service, long position, byte[] hash, DateTimeOffset at)
    {
        var checkpoint = new Checkpoint { Position = position, Hash = hash, At = at, KeyId = Id };
        checkpoint.Signature = _key.SignData(Signed(service, checkpoint), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return checkpoint;
    }

    internal bool HasSigned(string service, Checkpoint checkpoint) => checkpoint.KeyId == Id
        && _key.VerifyData(Signed(service, checkpoint), checkpoint.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    // Text, so that anybody can check it with openssl. The service's name keeps a checkpoint of one ledger from standing for another's.
    private static byte[] Signed(string service, Checkpoint checkpoint) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"safeharbor-ledger-checkpoint-v1\n{service}\n{checkpoint.Position}\n{Convert.ToHexStringLower(checkpoint.Hash)}\n{checkpoint.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}\n"));
}
