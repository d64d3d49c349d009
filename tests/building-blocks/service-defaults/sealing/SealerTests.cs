using System.Security.Cryptography;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

public sealed class SealerTests : IDisposable
{
    private static readonly byte[] OperatorKey = RandomNumberGenerator.GetBytes(32);
    private static readonly Guid Record = Guid.Parse("018f6f2e-0000-7000-8000-000000000001");
    private readonly Sealer _sealer = new(OperatorKey);

    public void Dispose() => _sealer.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void What_was_sealed_opens_even_after_a_restart(int size)
    {
        var plain = RandomNumberGenerator.GetBytes(size);
        var data = _sealer.Seal(plain, "report-details", Record);
        using var restarted = new Sealer(OperatorKey);

        restarted.Open(data, "report-details", Record).ShouldBe(plain);
        (data.Ciphertext.Length, data.WrappedKey.Length).ShouldBe((size + 29, 69));
    }

    [Fact]
    public void The_same_text_sealed_twice_looks_different_and_never_like_itself()
    {
        var plain = "Jane Invented"u8.ToArray();
        var first = _sealer.Seal(plain, "report-details", Record);
        var second = _sealer.Seal(plain, "report-details", Record);

        first.Ciphertext.ShouldNotBe(second.Ciphertext);
        first.WrappedKey.ShouldNotBe(second.WrappedKey);
        first.Ciphertext.AsSpan().IndexOf(plain).ShouldBe(-1);
    }

    [Fact]
    public void Another_purpose_or_record_does_not_open_it()
    {
        var data = _sealer.Seal("x"u8, "report-details", Record);

        Should.Throw<SealBrokenException>(() => _sealer.Open(data, "reporter", Record));
        Should.Throw<SealBrokenException>(() => _sealer.Open(data, "report-details", Guid.Empty));
    }

    [Fact]
    public void A_key_or_text_of_another_row_does_not_open_it()
    {
        var one = _sealer.Seal("x"u8, "report-details", Record);
        var other = _sealer.Seal("y"u8, "report-details", Record);

        Should.Throw<SealBrokenException>(() => _sealer.Open(one with { WrappedKey = other.WrappedKey }, "report-details", Record));
    }

    [Fact]
    public void Every_flipped_byte_breaks_the_seal()
    {
        var data = _sealer.Seal("Jane Invented"u8, "report-details", Record);

        for (var i = 0; i < data.Ciphertext.Length; i++)
            Should.Throw<SealBrokenException>(() => _sealer.Open(data with { Ciphertext = Flipped(data.Ciphertext, i) }, "report-details", Record));
        for (var i = 0; i < data.WrappedKey.Length; i++)
            Should.Throw<SealBrokenException>(() => _sealer.Open(data with { WrappedKey = Flipped(data.WrappedKey, i) }, "report-details", Record));
    }

    [Fact]
    public void Every_cut_breaks_the_seal()
    {
        var data = _sealer.Seal("Jane Invented"u8, "report-details", Record);

        for (var length = 0; length < data.Ciphertext.Length; length++)
            Should.Throw<SealBrokenException>(() => _sealer.Open(data with { Ciphertext = data.Ciphertext[..length] }, "report-details", Record));
        Should.Throw<SealBrokenException>(() => _sealer.Open(data with { WrappedKey = [] }, "report-details", Record));
    }

    [Fact]
    public void Another_operators_key_does_not_open_it_and_the_error_says_so()
    {
        var data = _sealer.Seal("Jane Invented"u8, "report-details", Record);
        using var other = new Sealer(RandomNumberGenerator.GetBytes(32));

        var broken = Should.Throw<SealBrokenException>(() => other.Open(data, "report-details", Record));

        broken.Message.ShouldContain("Sealing:KeyFile");
        broken.ToString().ShouldNotContain("Jane");
    }

    [Fact]
    public void Fingerprints_are_equal_only_for_the_same_value_purpose_and_key()
    {
        using var restarted = new Sealer(OperatorKey);
        using var other = new Sealer(RandomNumberGenerator.GetBytes(32));
        var fingerprint = _sealer.Fingerprint("natural-duplicate", "jane|2011-01-31"u8);

        fingerprint.Length.ShouldBe(32);
        restarted.Fingerprint("natural-duplicate", "jane|2011-01-31"u8).ShouldBe(fingerprint);
        _sealer.Fingerprint("natural-duplicate", "jane|2011-02-01"u8).ShouldNotBe(fingerprint);
        _sealer.Fingerprint("something-else", "jane|2011-01-31"u8).ShouldNotBe(fingerprint);
        other.Fingerprint("natural-duplicate", "jane|2011-01-31"u8).ShouldNotBe(fingerprint);
        SHA256.HashData("jane|2011-01-31"u8).ShouldNotBe(fingerprint);
    }

    [Fact]
    public async Task It_serves_many_at_once()
    {
        var work = Enumerable.Range(0, 200).Select(i => Task.Run(() =>
        {
            var plain = BitConverter.GetBytes(i);
            _sealer.Open(_sealer.Seal(plain, "report-details", Record), "report-details", Record).ShouldBe(plain);
        }));

        await Task.WhenAll(work);
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] ^= 1;
        return copy;
    }
}
