using System.Security.Cryptography;
using System.Text.Json;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

public sealed class EnvelopeTests : IDisposable
{
    private static readonly Guid Record = Guid.Parse("018f6f2e-0000-7000-8000-000000000001");
    private readonly DataKey _key = DataKey.Make(Guid.Parse("018f6f2e-0000-7000-8000-00000000000a"));

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_was_sealed_opens(int size)
    {
        var plain = RandomNumberGenerator.GetBytes(size);
        var data = Envelope.Seal(plain, "reports.details", Record, _key);

        Envelope.Open(data, "reports.details", Record, _key).ShouldBe(plain);
        data.Length.ShouldBe(size + Envelope.Overhead);
        if (size > 1)
            data.AsSpan().IndexOf(plain).ShouldBe(-1);
    }

    [Fact]
    public void A_key_seals_once()
    {
        Envelope.Seal("x"u8, "reports.details", Record, _key);

        Should.Throw<InvalidOperationException>(() => Envelope.Seal("y"u8, "reports.details", Record, _key));
    }

    [Fact]
    public void Another_column_record_or_key_does_not_open_it()
    {
        var data = Envelope.Seal("x"u8, "reports.details", Record, _key);
        using var sameBytes = DataKey.Of(Guid.NewGuid(), _key.Bytes);
        using var sameId = DataKey.Make(_key.Id);

        Should.Throw<SealBrokenException>(() => Envelope.Open(data, "telephone_reports.details", Record, _key));
        Should.Throw<SealBrokenException>(() => Envelope.Open(data, "reports.details", Guid.Empty, _key));
        Should.Throw<SealBrokenException>(() => Envelope.Open(data, "reports.details", Record, sameBytes));
        Should.Throw<SealBrokenException>(() => Envelope.Open(data, "reports.details", Record, sameId));
    }

    [Fact]
    public void Every_flipped_byte_and_every_cut_breaks_the_seal()
    {
        var data = Envelope.Seal("Jane Invented"u8, "reports.details", Record, _key);

        for (var i = 0; i < data.Length; i++)
        {
            var flipped = (byte[])data.Clone();
            flipped[i] ^= 1;
            Should.Throw<SealBrokenException>(() => Envelope.Open(flipped, "reports.details", Record, _key)).ToString().ShouldNotContain("Jane");
            Should.Throw<SealBrokenException>(() => Envelope.Open(data.AsSpan(0, i), "reports.details", Record, _key));
        }
    }

    [Fact]
    public void A_key_can_be_neither_printed_nor_serialized_and_is_cleared_in_the_end()
    {
        var bytes = _key.Bytes.ToArray();
        var told = $"{_key} {JsonSerializer.Serialize(_key)}";

        told.ShouldNotContain(Convert.ToBase64String(bytes));
        told.ShouldNotContain(Convert.ToHexString(bytes), Case.Insensitive);
        _key.Dispose();
        _key.Bytes.ToArray().ShouldAllBe(b => b == 0);
        bytes.ShouldContain(b => b != 0);
    }

    [Fact]
    public void Fingerprints_are_equal_only_for_the_same_value_purpose_and_key()
    {
        using var same = DataKey.Of(Guid.NewGuid(), _key.Bytes);
        using var other = DataKey.Make(_key.Id);
        var fingerprint = BlindIndex.Fingerprint(_key, "encounter-children", "jane|2011-01-31"u8);

        fingerprint.Length.ShouldBe(32);
        BlindIndex.Fingerprint(same, "encounter-children", "jane|2011-01-31"u8).ShouldBe(fingerprint);
        BlindIndex.Fingerprint(_key, "encounter-children", "jane|2011-02-01"u8).ShouldNotBe(fingerprint);
        BlindIndex.Fingerprint(_key, "something-else", "jane|2011-01-31"u8).ShouldNotBe(fingerprint);
        BlindIndex.Fingerprint(other, "encounter-children", "jane|2011-01-31"u8).ShouldNotBe(fingerprint);
        SHA256.HashData("jane|2011-01-31"u8).ShouldNotBe(fingerprint);
    }
}
