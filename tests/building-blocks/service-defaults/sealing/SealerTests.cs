using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

/// <summary>What keeps its wrapped key beside it.</summary>
public sealed class SealerTests
{
    private static readonly Guid Record = Guid.Parse("018f6f2e-0000-7000-8000-000000000001");
    private readonly byte[] _first = Key(), _second = Key();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static byte[] Key() => RandomNumberGenerator.GetBytes(32);

    private static Sealer Sealer(params byte[][] keys) => new(
        new FileKeyEncryption("Sealing:Key", null, System.Text.Encoding.ASCII.GetBytes(string.Join('\n', keys.Select(Convert.ToBase64String))), isDevelopment: false,
            TimeProvider.System, NullLogger<FileKeyEncryption>.Instance), TimeProvider.System);

    [Fact]
    public async Task What_was_sealed_opens_and_looks_different_every_time()
    {
        var one = await Sealer(_first).SealAsync("Jane Invented"u8.ToArray(), "column", Record, Cancellation);
        var other = await Sealer(_first).SealAsync("Jane Invented"u8.ToArray(), "column", Record, Cancellation);

        (await Sealer(_first).OpenAsync(one, "column", Record, Cancellation)).ShouldBe("Jane Invented"u8.ToArray());
        one.Ciphertext.ShouldNotBe(other.Ciphertext);
        one.WrappedKey.ShouldNotBe(other.WrappedKey);
        await Should.ThrowAsync<SealBrokenException>(async () => await Sealer(_first).OpenAsync(one with { WrappedKey = other.WrappedKey }, "column", Record, Cancellation));
        await Should.ThrowAsync<SealBrokenException>(async () => await Sealer(_first).OpenAsync(one, "another", Record, Cancellation));
        await Should.ThrowAsync<SealBrokenException>(async () => await Sealer(_first).OpenAsync(one with { WrappedKey = one.WrappedKey[..10] }, "column", Record, Cancellation));
    }

    [Fact]
    public async Task After_a_rotation_it_opens_and_its_key_can_be_wrapped_anew()
    {
        var data = await Sealer(_first).SealAsync("Jane Invented"u8.ToArray(), "column", Record, Cancellation);
        var rotated = Sealer(_second, _first);
        (await rotated.OpenAsync(data, "column", Record, Cancellation)).ShouldBe("Jane Invented"u8.ToArray());
        (await Sealer(_first).RewrapAsync(data.WrappedKey, await Sealer(_first).CurrentAsync(Cancellation), Cancellation)).ShouldBeNull();

        var anew = (await rotated.RewrapAsync(data.WrappedKey, await rotated.CurrentAsync(Cancellation), Cancellation)).ShouldNotBeNull();

        (await Sealer(_second).OpenAsync(data with { WrappedKey = anew }, "column", Record, Cancellation)).ShouldBe("Jane Invented"u8.ToArray());
        await Should.ThrowAsync<KeysUnavailableException>(async () => await Sealer(_second).OpenAsync(data, "column", Record, Cancellation));
    }

    [Fact]
    public async Task It_serves_many_at_once()
    {
        var sealer = Sealer(_first);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var plain = BitConverter.GetBytes(i);
            (await sealer.OpenAsync(await sealer.SealAsync(plain, "column", Record, Cancellation), "column", Record, Cancellation)).ShouldBe(plain);
        })));
    }
}
