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
    private static readonly byte[] Reset = [.. "DISCARD ALL\0"u8];
    private readonly byte[] _head = new byte[8];
    private int _headLength;
    private long _skip;
    private bool _started;
    // How much of the query that is being skipped is the reset's text so far; less than nothing when it is not.
    private int _likeReset = -1;

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
                Compare(bytes[..skipped]);
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
        _likeReset = _head[0] == (byte)'Q' && _skip == Reset.Length ? 0 : -1;
    }

    private void Compare(ReadOnlySpan<byte> text)
    {
        if (_likeReset < 0)
            return;
        _likeReset = Reset.AsSpan(_likeReset).StartsWith(text) ? _likeReset + text.Length : -1;
        if (_likeReset == Reset.Length)
            (RoundTrips, Resets, _likeReset) = (RoundTrips - 1, Resets + 1, -1);
    }
}
