using System.Buffers.Binary;
using System.Text;
using SafeHarbor.Bench.RoundTrips;

namespace SafeHarbor.Bench.Tests;

public sealed class FrontendFramesTests
{
    private static readonly byte[] EncryptionRequest = Untyped(80877103, []);
    private static readonly byte[] StartUp = Untyped(196608, "user\0somebody\0\0"u8);
    private static readonly byte[] Sync = Typed('S', []);

    [Fact]
    public void A_batch_of_statements_up_to_its_Sync_is_one_round_trip() =>
        RoundTrips([.. StartUp, .. Typed('P', "\0select 1\0\0\0"u8), .. Typed('B', new byte[12]), .. Typed('E', new byte[5]), .. Typed('P', new byte[30]), .. Typed('E', new byte[5]), .. Sync]).ShouldBe(1);

    [Fact]
    public void Every_simple_query_is_one_round_trip() =>
        RoundTrips([.. StartUp, .. Typed('Q', "begin\0"u8), .. Typed('Q', "commit\0"u8), .. Typed('X', [])]).ShouldBe(2);

    [Fact]
    public void Asking_for_encryption_first_changes_nothing() =>
        RoundTrips([.. EncryptionRequest, .. EncryptionRequest, .. StartUp, .. Typed('p', "secret\0"u8), .. Sync]).ShouldBe(1);

    [Fact]
    public void What_stands_in_a_message_is_not_taken_for_one() =>
        RoundTrips([.. StartUp, .. Typed('B', Encoding.ASCII.GetBytes(new string('S', 500) + new string('Q', 500))), .. Sync]).ShouldBe(1);

    [Fact]
    public void It_does_not_matter_how_the_bytes_are_cut()
    {
        byte[] said = [.. EncryptionRequest, .. StartUp, .. Typed('p', "secret\0"u8), .. Typed('Q', "set x\0"u8), .. Typed('P', new byte[99]), .. Sync, .. Sync];
        for (var size = 1; size <= said.Length; size++)
        {
            var frames = new FrontendFrames();
            foreach (var piece in said.Chunk(size))
                frames.Read(piece);
            frames.RoundTrips.ShouldBe(3, $"in pieces of {size}");
        }
    }

    private static long RoundTrips(byte[] said)
    {
        var frames = new FrontendFrames();
        frames.Read(said);
        return frames.RoundTrips;
    }

    private static byte[] Typed(char type, ReadOnlySpan<byte> body) => [(byte)type, .. Number(body.Length + 4), .. body];

    private static byte[] Untyped(int code, ReadOnlySpan<byte> body) => [.. Number(body.Length + 8), .. Number(code), .. body];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
