using System.Buffers.Binary;

namespace SafeHarbor.Bench.RoundTrips;

/// <summary>
/// Follows what a client says to PostgreSQL, byte by byte however it is cut into pieces, and counts where it asks for an answer: Sync ends an
/// extended query, Query is a simple one. Each is one round trip, whatever stands before it in the same batch. The pool's reset of a connection
/// before its next use is counted apart: nobody waits for its answer, but the server works for it.
/// </summary>
internal sealed class FrontendFrames
{
    private const int StartUp = 196608;

    // Npgsql's two ways: all at once, or, while it has prepared statements to keep, everything else one by one.
    private static readonly byte[][] HowResetsBegin = [[.. "DISCARD ALL"u8], [.. "SET SESSION AUTHORIZATION DEFAULT;"u8]];
    private static readonly int Enough = HowResetsBegin.Max(text => text.Length);

    private readonly byte[] _head = new byte[8];
    private int _headLength;
    private long _skip;
    private bool _started;
    // How the query that is being skipped begins; null for other frames.
    private List<byte>? _query;

    public long RoundTrips { get; private set; }

    public long Resets { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                Remember(bytes[..skipped]);
                bytes = bytes[skipped..];
                continue;
            }
            // Before the start-up message frames have no type, but a length and a code: it, or a request for encryption.
            var needed = _started ? 5 : 8;
            var taken = Math.Min(needed - _headLength, bytes.Length);
            bytes[..taken].CopyTo(_head.AsSpan(_headLength));
            _headLength += taken;
            bytes = bytes[taken..];
            if (_headLength == needed)
                Frame();
        }
    }

    private void Frame()
    {
        _headLength = 0;
        if (!_started)
        {
            _skip = BinaryPrimitives.ReadInt32BigEndian(_head) - 8;
            _started = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(4)) == StartUp;
            return;
        }
        _skip = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(1)) - 4;
        if (_head[0] is (byte)'S' or (byte)'Q')
            RoundTrips++;
        _query = _head[0] == (byte)'Q' ? [] : null;
    }

    private void Remember(ReadOnlySpan<byte> text)
    {
        if (_query is null)
            return;
        _query.AddRange(text[..Math.Min(text.Length, Enough - _query.Count)]);
        if (_skip > 0)
            return;
        if (HowResetsBegin.Any(begin => _query.Take(begin.Length).SequenceEqual(begin)))
            (RoundTrips, Resets) = (RoundTrips - 1, Resets + 1);
        _query = null;
    }
}
