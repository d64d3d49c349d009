using System.Security.Cryptography;
using System.Text;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>A text that is nowhere by itself, and the forms in which a copy of it would lie about.</summary>
internal sealed class Mark
{
    private int _planted;

    /// <param name="text">ASCII.</param>
    /// <param name="further">Other bytes that stand for it.</param>
    public Mark(string text, params IEnumerable<byte[]> further)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Text = text;
        Forms =
        [
            .. new[]
            {
                bytes, Encoding.UTF8.GetBytes(text.ToLowerInvariant()), Encoding.UTF8.GetBytes(text.ToUpperInvariant()), Encoding.Unicode.GetBytes(text),
                Encoding.UTF8.GetBytes(Convert.ToHexStringLower(bytes)), Encoding.UTF8.GetBytes(Convert.ToHexString(bytes)),
                Base64(bytes, 0), Base64(bytes, 1), Base64(bytes, 2),
            }.Concat(further).DistinctBy(Convert.ToHexString),
        ];
    }

    public string Text { get; }

    /// <summary>As it is, in small and capital letters, in UTF-16, hexadecimal, and in base64 wherever it stands in what was encoded.</summary>
    public IReadOnlyList<byte[]> Forms { get; }

    public static Mark New(string species) => new(species + RandomNumberGenerator.GetHexString(8, lowercase: true));

    /// <summary>An id, which databases keep as bytes.</summary>
    public static Mark Of(Guid id) => new(id.ToString(), id.ToByteArray(bigEndian: true));

    /// <summary>A value that nobody else has, holds the mark, and tells where it was planted.</summary>
    public string Plant(string where) => $"{Text}n{Interlocked.Increment(ref _planted)}{string.Concat(where.Where(char.IsAsciiLetter))}";

    /// <summary>The same as a name, with a blank: one that is plain, as programs write them, is repeated to its sender.</summary>
    public string PlantName(string where) => $"{Plant(where)} x";

    /// <summary>What every base64 text has in it that encodes the bytes after <paramref name="before"/> others: characters that hold bits of a neighbor are left out.</summary>
    private static byte[] Base64(byte[] bytes, int before)
    {
        var whole = Convert.ToBase64String([.. new byte[before], .. bytes]);
        return Encoding.UTF8.GetBytes(whole[((before * 8 + 5) / 6)..((before + bytes.Length) * 8 / 6)]);
    }
}
