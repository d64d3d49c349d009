using System.Security.Cryptography;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

public sealed class KeyFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_file);

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private Task<TestService> StartAsync(string content, string environment = "Development")
    {
        File.WriteAllText(_file, content);
        return TestService.Start(configure: builder => builder.Services.RequireSealing(), environment: environment,
            settings: [("Sealing:KeyFile", _file), .. Production(environment)]);
    }

    private static (string, string?)[] Production(string environment) => environment == "Development" ? []
        : [("Authentication:DevelopmentKeyFile", null), ("Authentication:Authority", "https://issuer.example"), ("Authentication:Audience", "safeharbor")];

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}\n")]
    [InlineData("  {0}  \r\n")]
    [InlineData("# of the county\n\n{0}\n{1}\n")]
    [InlineData("{0},{1}")]
    public async Task The_first_key_wraps_and_what_it_wrapped_opens_after_a_restart(string content)
    {
        var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, content, NewKey(), NewKey());
        using var key = DataKey.Make(Guid.NewGuid());
        WrappedKey wrapped;
        await using (var service = await StartAsync(text))
            wrapped = (await service.Get<IKeyEncryption>().WrapAsync([key], Cancellation))[0];

        await using var restarted = await StartAsync(text);
        wrapped.By.ShouldBe(await restarted.Get<IKeyEncryption>().CurrentAsync(Cancellation));
        using var opened = (await restarted.Get<IKeyEncryption>().UnwrapAsync([wrapped], Cancellation))[0];

        opened.Id.ShouldBe(key.Id);
        opened.Bytes.SequenceEqual(key.Bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task A_wrapped_key_opens_under_no_other_id_and_not_when_it_was_changed()
    {
        await using var service = await StartAsync(NewKey());
        var encryption = service.Get<IKeyEncryption>();
        using var key = DataKey.Make(Guid.NewGuid());
        var wrapped = (await encryption.WrapAsync([key], Cancellation))[0];

        await Should.ThrowAsync<SealBrokenException>(async () => await encryption.UnwrapAsync([wrapped with { Id = Guid.NewGuid() }], Cancellation));
        await Should.ThrowAsync<SealBrokenException>(async () => await encryption.UnwrapAsync([wrapped with { Wrapped = wrapped.Wrapped[..^1] }], Cancellation));
    }

    [Fact]
    public async Task A_key_that_is_not_in_the_file_any_more_is_named_without_a_secret()
    {
        var former = NewKey();
        using var key = DataKey.Make(Guid.NewGuid());
        WrappedKey wrapped;
        await using (var service = await StartAsync(former))
            wrapped = (await service.Get<IKeyEncryption>().WrapAsync([key], Cancellation))[0];

        await using var restarted = await StartAsync(NewKey());
        var missing = await Should.ThrowAsync<KeysUnavailableException>(async () => await restarted.Get<IKeyEncryption>().UnwrapAsync([wrapped], Cancellation));

        missing.Message.ShouldContain(wrapped.By);
        missing.Message.ShouldContain("Put that line back");
        missing.ToString().ShouldNotContain(former);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment")]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64 at all, though it is long enough!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task A_file_without_a_key_stops_the_start_and_is_not_quoted(string content)
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => StartAsync(content));

        refused.Message.ShouldContain("base64 of 32 bytes");
        if (content.Length > 0)
            refused.ToString().ShouldNotContain(content);
    }

    [Fact]
    public async Task A_second_line_that_is_no_key_stops_the_start()
    {
        var key = NewKey();

        (await Should.ThrowAsync<StartRefusedException>(() => StartAsync($"{key}\nhalf"))).ToString().ShouldNotContain(key);
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_start()
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: ("Sealing:KeyFile", _file + ".absent")));

        refused.Message.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task Keys_of_a_development_installation_are_refused_everywhere_else()
    {
        var content = $"# development only\n{NewKey()}";
        await using (await StartAsync(content))
        {
        }

        (await Should.ThrowAsync<StartRefusedException>(() => StartAsync(content, "Production"))).Message.ShouldContain("development installation");
        (await Should.ThrowAsync<StartRefusedException>(() => StartAsync(content, "Staging"))).Message.ShouldContain("development installation");
        await using (await StartAsync(NewKey(), "Production"))
        {
        }
    }

    [Fact]
    public async Task A_small_site_may_set_the_key_itself_but_only_one_source_at_once()
    {
        await using (var service = await TestService.Start(configure: builder => builder.Services.RequireSealing(), settings: ("Sealing:Key", NewKey())))
            (await service.Get<IKeyEncryption>().CurrentAsync(Cancellation)).ShouldStartWith("file:");

        File.WriteAllText(_file, NewKey());
        var refused = await Should.ThrowAsync<StartRefusedException>(() => TestService.Start(settings: [("Sealing:Key", NewKey()), ("Sealing:KeyFile", _file)]));
        refused.Message.ShouldContain("Set one of");
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
