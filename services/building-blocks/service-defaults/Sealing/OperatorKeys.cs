using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>
/// The text that holds an operator's keys: the base64 of 32 bytes a line (or between commas), the first wraps and all unwrap; <c>#</c> begins a comment.
/// The comment <see cref="DevelopmentMark"/> says that the keys are known to others than the operator.
/// </summary>
internal static class OperatorKeys
{
    public const string DevelopmentMark = "# development only";

    /// <summary>The keys in their order; what is wrong otherwise, without quoting any of it.</summary>
    public static (IReadOnlyList<OperatorKey> Keys, string? Trouble) Read(ReadOnlySpan<byte> text, bool isDevelopment)
    {
        List<OperatorKey> keys = [];
        Span<byte> key = stackalloc byte[48];
        try
        {
            foreach (var range in text.SplitAny("\r\n,"u8))
            {
                var line = text[range].Trim(" \t"u8);
                if (line.IsEmpty)
                    continue;
                if (line[0] == '#')
                {
                    if (!isDevelopment && CryptographicOperations.FixedTimeEquals(line, "# development only"u8))
                        return Refused(keys, $"holds keys of a development installation ('{DevelopmentMark}'), which are no secret. Make one with: openssl rand -base64 32");
                    continue;
                }
                if (Base64.DecodeFromUtf8(line, key, out _, out var size) != OperationStatus.Done || size != DataKey.Size)
                    return Refused(keys, "has a line that is not the base64 of 32 bytes. Make one with: openssl rand -base64 32");
                keys.Add(new(key[..size]));
            }
            return keys.Count > 0 ? (keys, null) : Refused(keys, "does not hold the base64 of 32 bytes. Make one with: openssl rand -base64 32");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static (IReadOnlyList<OperatorKey>, string) Refused(List<OperatorKey> keys, string trouble)
    {
        keys.ForEach(key => key.Dispose());
        return ([], trouble);
    }
}
