using System.Buffers.Binary;

namespace SafeHarbor.Bench.RoundTrips;

/// <summary>
/// Follows what a client says to PostgreSQL, byte by byte however it is cut into pieces, and counts where it asks for an answer: Sync ends an
/// extended query, Query is a simple one. Each is one round trip, whatever stands before it in the same batch.
/// </summary>
internal sealed class FrontendFrames
{
    private const int StartUp = 196608;
    private readonly byte[] _head = new byte[8];
    private int _headLength;
    private long _skip;
    private bool _started;

    public long RoundTrips { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
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
    }
}
