using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>One version of an operator's key that this process holds itself; kept are only keys derived from it.</summary>
internal sealed class OperatorKey : IDisposable
{
    private const string Column = "wrapped-key";

    private readonly byte[] _wrapping = GC.AllocateUninitializedArray<byte>(DataKey.Size, pinned: true);

    public OperatorKey(ReadOnlySpan<byte> key)
    {
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, _wrapping, salt: [], Encoding.UTF8.GetBytes("safeharbor wrapping v1"));
        Span<byte> id = stackalloc byte[8];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, id, salt: [], Encoding.UTF8.GetBytes("safeharbor key id v1"));
        Id = $"file:{Convert.ToHexStringLower(id)}";
    }

    public string Id { get; }

    public WrappedKey Wrap(DataKey key) => new(key.Id, Envelope.Close(key.Bytes, _wrapping, Column, key.Id, key.Id), Id);

    public DataKey Unwrap(WrappedKey key)
    {
        var bytes = Envelope.Open(key.Wrapped, _wrapping, Column, key.Id, key.Id);
        try
        {
            return DataKey.Of(key.Id, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_wrapping);
}
