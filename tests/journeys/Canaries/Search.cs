using System.Text;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>Looks for marks, in all their forms, in bytes of any length.</summary>
internal sealed class Search(params IEnumerable<Mark> marks)
{
    private const int Around = 80;
    private readonly byte[][] _forms = [.. marks.SelectMany(mark => mark.Forms)];

    /// <summary>How many bytes are looked at in one piece.</summary>
    public int Piece { get; init; } = 1 << 20;

    /// <summary>The first mark in there with what surrounds it, readable as far as it can be; null when there is none.</summary>
    public string? First(Stream stream)
    {
        var overlap = _forms.Max(form => form.Length) - 1;
        var buffer = new byte[overlap + Piece];
        for (var kept = 0; ;)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            foreach (var form in _forms)
                if (bytes.IndexOf(form) is >= 0 and var at)
                    return Readable(bytes[Math.Max(0, at - Around)..Math.Min(bytes.Length, at + form.Length + Around)]);
            if (bytes.Length < buffer.Length)
                return null;
            // A mark may lie across the border.
            bytes[^overlap..].CopyTo(buffer);
            kept = overlap;
        }
    }

    private static string Readable(ReadOnlySpan<byte> bytes) => string.Concat(Encoding.Latin1.GetString(bytes).Select(c => char.IsControl(c) ? '.' : c));
}
