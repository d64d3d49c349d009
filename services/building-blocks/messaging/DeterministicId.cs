using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.Messaging;

/// <summary>Ids that follow from what they name, so that doing the same thing twice makes nothing new.</summary>
public static class DeterministicId
{
    /// <summary>
    /// The name-based UUID of <paramref name="name"/> within <paramref name="scope"/>: RFC 9562 version 8 with SHA-256, as
    /// in its appendix B.2. Equal arguments give equal ids in every process and release; different ones practically never do.
    /// </summary>
    /// <param name="scope">The id of the thing that the name belongs to.</param>
    /// <param name="name">Any text; compared exactly.</param>
    public static Guid Of(Guid scope, string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. scope.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
