using System.Security.Cryptography;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

public sealed class KeyFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("  \r\n")]
    public async Task The_sealer_has_the_key_of_the_file(string after)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        await File.WriteAllTextAsync(_file, Convert.ToBase64String(key) + after, TestContext.Current.CancellationToken);
        using var expected = new Sealer(key);

        await using var service = await TestService.Start(
            configure: builder => builder.Services.RequireSealing(), settings: ("Sealing:KeyFile", _file));

        service.Get<Sealer>().Fingerprint("x", "y"u8).ShouldBe(expected.Fingerprint("x", "y"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all, though it is long enough!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task A_file_without_a_key_stops_the_start_and_is_not_quoted(string content)
    {
        await File.WriteAllTextAsync(_file, content, TestContext.Current.CancellationToken);

        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: ("Sealing:KeyFile", _file)));

        refused.Message.ShouldContain("base64 of 32 bytes");
        if (content.Length > 0)
            refused.ToString().ShouldNotContain(content);
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_start()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: ("Sealing:KeyFile", _file + ".absent")));

        refused.Message.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task Who_seals_does_not_start_without_a_key_and_who_does_not_seal_needs_none()
    {
        await using (await TestService.Start())
        {
        }

        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(configure: builder => builder.Services.RequireSealing()));

        refused.Message.ShouldContain("Sealing:KeyFile is not set");
    }
}
